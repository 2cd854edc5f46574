namespace RenderFarm.TfLite;

/// <summary>Built-in operations the converter knows, numbered as in TFLite's schema.</summary>
internal enum TfLiteOperation
{
    Add = 0,
    AveragePool2D = 1,
    Concatenation = 2,
    Conv2D = 3,
    DepthwiseConv2D = 4,
    Dequantize = 6,
    FullyConnected = 9,
    Logistic = 14,
    MaxPool2D = 17,
    Mul = 18,
    Relu = 19,
    Relu6 = 21,
    Reshape = 22,
    ResizeBilinear = 23,
    Custom = 32,
    Pad = 34,
    Mean = 40,
    StridedSlice = 45,
    PRelu = 54,
    HardSwish = 117,
}
