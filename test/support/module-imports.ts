import ts from "typescript";

/** One place where a source file names another module. */
export interface ModuleImport {
  /** As it is written: `./x.js`, `sharp`. */
  readonly specifier: string;
  readonly line: number;
}

/**
 * All imports of a TypeScript file: `import`, `export from`, `import()`, `typeof import()`, `require()` and
 * `createRequire(...)()`; types count as much as values. `require.resolve()` only asks for a path and does not count.
 * @param computed files that may name a module by a variable, which is then not in the answer.
 * @throws Error where another file does.
 */
export function moduleImports(
  file: string,
  source: string,
  computed: readonly string[] | "any" = [],
): ModuleImport[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const found: ModuleImport[] = [];
  const add = (node: ts.Node | undefined): void => {
    if (node === undefined) return;
    const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
    const literal = ts.isLiteralTypeNode(node) ? node.literal : node;
    if (ts.isStringLiteralLike(literal)) found.push({ specifier: literal.text, line });
    else if (computed !== "any" && !computed.includes(file)) {
      throw new Error(`${file}:${line}: cannot tell what is imported: ${node.getText(tree)}`);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression);
    } else if (ts.isImportTypeNode(node)) add(node.argument);
    else if (ts.isCallExpression(node) && loads(node.expression)) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Whether calling that loads a module. */
function loads(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(callee)) return callee.text === "require";
  return (
    ts.isCallExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === "createRequire"
  );
}
