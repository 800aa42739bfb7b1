import protobuf from "protobufjs/light.js";

/** An operator of an .onnx file. */
export interface OnnxNode {
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
}

/** The fields that are looked at, by their numbers in onnx.proto. */
const schema = protobuf.Root.fromJSON({
  nested: {
    Model: { fields: { graph: { id: 7, type: "Graph" } } },
    Graph: { fields: { node: { id: 1, rule: "repeated", type: "Node" } } },
    Node: {
      fields: {
        input: { id: 1, rule: "repeated", type: "string" },
        output: { id: 2, rule: "repeated", type: "string" },
        opType: { id: 4, type: "string" },
      },
    },
  },
});

/** The operators of an .onnx file, in their order. */
export function readOnnx(bytes: Uint8Array): readonly OnnxNode[] {
  const { graph } = schema.lookupType("Model").decode(bytes) as unknown as { graph: { node: OnnxNode[] } };
  return graph.node;
}

/** How often each operator stands in a graph. */
export function countOperators(nodes: readonly OnnxNode[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { opType } of nodes) counts[opType] = (counts[opType] ?? 0) + 1;
  return counts;
}
