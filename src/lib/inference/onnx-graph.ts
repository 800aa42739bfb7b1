import protobuf from "protobufjs/light.js";

/**
 * Writes ONNX files: the few messages and operators that our networks need.
 * Field numbers are those of onnx.proto (ONNX IR version 8, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
 */

/** What constants can hold; the kind of array is the tensor's type. */
export type ConstantData = Float32Array | Int8Array | Uint8Array | Int32Array;

/** A constant of a graph: weights in the layout that the operator asks for; no dimensions: a single number. */
export interface Constant<T extends ConstantData = Float32Array> {
  readonly dims: readonly number[];
  readonly data: T;
}

/** Operator attributes: whole numbers, lists of whole numbers, and single-precision numbers (which may happen to be whole). */
export type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** Collects operators in the order in which they run. Tensors are known by the names that the methods return. */
export interface OnnxGraph {
  /** Declares the graph's input, of float32 or uint8; a dimension that is a word may differ from run to run. */
  input(name: string, dims: readonly (number | string)[], type?: "float32" | "uint8"): string;
  /** Adds a constant: float32, int8, uint8 or int32, as its array is. */
  constant(value: Constant<ConstantData>): string;
  /** Adds a constant list of whole numbers (int64), as Reshape and Pad take them. */
  integers(values: readonly number[]): string;
  /** Adds one operator with one output. */
  add(operator: string, inputs: readonly string[], attributes?: Attributes, output?: string): string;
  /** Declares an output. */
  output(name: string, dims: readonly (number | string)[]): void;
  /** The bytes of the .onnx file. */
  encode(): Uint8Array;
}

/** The numbers of tensor types, which `Cast` takes, too. */
export const FLOAT = 1;
const UINT8 = 2;
const INT8 = 3;
const INT32 = 6;
const INT64 = 7;
const OPSET = 13;

const schema = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: { id: 1, type: "int64" },
        producerName: { id: 2, type: "string" },
        graph: { id: 7, type: "Graph" },
        opsetImport: { id: 8, rule: "repeated", type: "OperatorSet" },
      },
    },
    OperatorSet: { fields: { domain: { id: 1, type: "string" }, version: { id: 2, type: "int64" } } },
    Graph: {
      fields: {
        node: { id: 1, rule: "repeated", type: "Node" },
        name: { id: 2, type: "string" },
        initializer: { id: 5, rule: "repeated", type: "Tensor" },
        input: { id: 11, rule: "repeated", type: "ValueInfo" },
        output: { id: 12, rule: "repeated", type: "ValueInfo" },
      },
    },
    Node: {
      fields: {
        input: { id: 1, rule: "repeated", type: "string" },
        output: { id: 2, rule: "repeated", type: "string" },
        name: { id: 3, type: "string" },
        opType: { id: 4, type: "string" },
        attribute: { id: 5, rule: "repeated", type: "Attribute" },
      },
    },
    Attribute: {
      fields: {
        name: { id: 1, type: "string" },
        f: { id: 2, type: "float" },
        i: { id: 3, type: "int64" },
        ints: { id: 8, rule: "repeated", type: "int64", options: { packed: false } },
        type: { id: 20, type: "int32" },
      },
    },
    Tensor: {
      fields: {
        dims: { id: 1, rule: "repeated", type: "int64", options: { packed: false } },
        dataType: { id: 2, type: "int32" },
        name: { id: 8, type: "string" },
        rawData: { id: 9, type: "bytes" },
      },
    },
    ValueInfo: { fields: { name: { id: 1, type: "string" }, type: { id: 2, type: "Type" } } },
    Type: { fields: { tensorType: { id: 1, type: "TensorType" } } },
    TensorType: { fields: { elemType: { id: 1, type: "int32" }, shape: { id: 2, type: "Shape" } } },
    Shape: { fields: { dim: { id: 1, rule: "repeated", type: "Dimension" } } },
    Dimension: { fields: { dimValue: { id: 1, type: "int64" }, dimParam: { id: 2, type: "string" } } },
  },
});

/** Starts an empty graph. */
export function onnxGraph(name: string): OnnxGraph {
  const node: object[] = [];
  const initializer: object[] = [];
  const inputs: object[] = [];
  const outputs: object[] = [];
  let counter = 0;
  const tensor = (dims: readonly number[], type: number, data: ArrayBufferView): string => {
    const id = `constant${initializer.length}`;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    initializer.push({ dims: [...dims], dataType: type, name: id, rawData });
    return id;
  };
  return {
    input(id, dims, type = "float32") {
      inputs.push(valueInfo(id, dims, type === "uint8" ? UINT8 : FLOAT));
      return id;
    },
    constant: ({ dims, data }) => tensor(dims, dataType(data), data),
    integers: (values) => tensor([values.length], INT64, BigInt64Array.from(values, BigInt)),
    add(operator, from, attributes = {}, output = `${operator}${counter}`) {
      counter++;
      const attribute = Object.entries(attributes).map(([key, value]) => ({ name: key, ...encoded(value) }));
      node.push({ input: [...from], output: [output], name: output, opType: operator, attribute });
      return output;
    },
    output(id, dims) {
      outputs.push(valueInfo(id, dims, FLOAT));
    },
    encode() {
      const model = schema.lookupType("Model");
      const graph = { node, name, initializer, input: inputs, output: outputs };
      const message = {
        irVersion: 8,
        producerName: "facelab",
        graph,
        opsetImport: [{ domain: "", version: OPSET }],
      };
      return model.encode(model.fromObject(message)).finish();
    },
  };
}

/** An attribute's value and the number of its type in onnx.proto. */
function encoded(value: Attributes[string]): object {
  if (typeof value === "number") return { i: value, type: 2 };
  return "float" in value ? { f: value.float, type: 1 } : { ints: [...value], type: 7 };
}

function dataType(data: ConstantData): number {
  if (data instanceof Float32Array) return FLOAT;
  if (data instanceof Int32Array) return INT32;
  return data instanceof Int8Array ? INT8 : UINT8;
}

function valueInfo(name: string, dims: readonly (number | string)[], elemType: number): object {
  const dim = dims.map((size) => (typeof size === "number" ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
