import type { TfjsBackend } from "./tfjs-backend.js";

type Tf = TfjsBackend["tf"];
type Tensor4D = ReturnType<Tf["tensor4d"]>;
type Tensor1D = ReturnType<Tf["tensor1d"]>;

interface PointwiseWeights {
  readonly filters: Tensor4D;
  /** The batch normalisation is folded into the filters, but for this. */
  readonly batch_norm_offset: Tensor1D;
}

interface SeparableWeights {
  readonly depthwise_conv: {
    readonly filters: Tensor4D;
    readonly batch_norm_mean: Tensor1D;
    readonly batch_norm_variance: Tensor1D;
    readonly batch_norm_offset: Tensor1D;
    readonly batch_norm_scale: Tensor1D;
  };
  readonly pointwise_conv: PointwiseWeights;
}

/** The layers' weights under the names that face-api loads them by: `conv_0`, `conv_1` to `conv_13`. */
export type MobilenetWeights = { readonly conv_0: PointwiseWeights } & Readonly<
  Record<`conv_${number}`, SeparableWeights | PointwiseWeights>
>;

/** Layers that halve the picture, beside the first. */
const HALVING = [2, 4, 6, 12];
const LAYERS = 13;
/** TensorFlow's, under the root of a batch's variance. */
const EPSILON = 1e-3;

/**
 * MobileNet v1 (Howard et al.: MobileNets, 2017) without its classifier: one convolution, then thirteen pairs of a depthwise and a
 * pointwise one, each followed by ReLU6.
 * @param x N x side x side x 3, RGB in -1..1.
 * @returns the last layer, N x side/32 x side/32 x 1024, and the eleventh, N x side/16 x side/16 x 512; both to be disposed of.
 */
export function mobilenetV1(
  tf: Tf,
  weights: MobilenetWeights,
  x: Tensor4D,
): { last: Tensor4D; eleventh: Tensor4D } {
  return tf.tidy(() => {
    const pointwise = (input: Tensor4D, layer: PointwiseWeights, stride: number): Tensor4D =>
      tf.relu6(tf.add<Tensor4D>(tf.conv2d(input, layer.filters, stride, "same"), layer.batch_norm_offset));
    let last = pointwise(x, weights.conv_0, 2);
    let eleventh = last;
    for (let layer = 1; layer <= LAYERS; layer++) {
      const { depthwise_conv: depthwise, pointwise_conv } = weights[`conv_${layer}`] as SeparableWeights;
      const stride = HALVING.includes(layer) ? 2 : 1;
      const filtered = tf.depthwiseConv2d(last, depthwise.filters, stride, "same");
      const normal = tf.batchNorm4d(
        filtered,
        depthwise.batch_norm_mean,
        depthwise.batch_norm_variance,
        depthwise.batch_norm_offset,
        depthwise.batch_norm_scale,
        EPSILON,
      );
      last = pointwise(tf.relu6(normal), pointwise_conv, 1);
      if (layer === 11) eleventh = last;
    }
    return { last, eleventh };
  });
}
