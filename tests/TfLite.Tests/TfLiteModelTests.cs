using RenderFarm.Failures;
using RenderFarm.OnnxGraph;

namespace RenderFarm.TfLite.Tests;

public sealed class TfLiteModelTests
{
    [Fact]
    public void A_network_is_read_with_names_shapes_and_constants()
    {
        NetworkDraft draft = new();
        int x = draft.Input("x", 1, 2, 2, 1);
        int w = draft.Floats([1, 2, 3], 3);
        draft.Operator(TfLiteOperation.HardSwish, [x, w], draft.Output("y", 1, 2, 2, 1));
        TfLiteModel model = TfLiteModel.Parse("net", draft.Write());
        Assert.Equal("x", model.Tensors[Assert.Single(model.Inputs)].Name);
        Assert.Equal([1, 2, 2, 1], model.Tensors[x].Shape);
        Assert.False(model.Tensors[x].IsConstant);
        Assert.Equal(3f, BitConverter.ToSingle(model.Tensors[w].Constant.Span[8..]));
        TfLiteOperator step = Assert.Single(model.Operators);
        Assert.Equal(TfLiteOperation.HardSwish, step.Operation);
        Assert.Equal([x, w], step.Inputs);
        Assert.Equal(model.Outputs, step.Outputs);
    }

    [Fact]
    public void Inputs_and_outputs_keep_their_names_shapes_and_order_of_axes()
    {
        OnnxModel onnx = TfLiteConverter.ToOnnx(TfLiteModel.Parse("net", Networks.WithEveryOperation()));
        Assert.Equal(["image"], onnx.Graph.Inputs.Select(i => i.Name));
        Assert.Equal(["cut", "likely"], onnx.Graph.Outputs.Select(o => o.Name));
        Assert.Equal([1L, 5, 7, 2], onnx.Graph.Outputs[0].Shape.Select(d => d.Size!.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("TFL3")]
    [InlineData("a text that is no network at all")]
    public void Other_files_are_refused_with_the_name_of_the_network(string text)
    {
        PermanentException error = Assert.Throws<PermanentException>(() => TfLiteModel.Parse("face", System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Contains("'face'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_outside_the_vocabulary_is_named()
    {
        NetworkDraft draft = new();
        int x = draft.Input("x", 1, 2, 2, 4);
        draft.Operator((TfLiteOperation)5, [x], draft.Output("y", 1, 4, 4, 1));
        PermanentException error = Assert.Throws<PermanentException>(() => Convert(draft));
        Assert.Contains("operation 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_used_before_it_is_computed_is_refused()
    {
        NetworkDraft draft = new();
        draft.Input("x", 1, 2);
        int later = draft.Tensor("later", [1, 2]);
        draft.Operator(TfLiteOperation.Relu, [later], draft.Output("y", 1, 2));
        Assert.Contains("'later'", Assert.Throws<PermanentException>(() => Convert(draft)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_computed_twice_is_refused()
    {
        NetworkDraft draft = new();
        int x = draft.Input("x", 1, 2);
        int y = draft.Output("y", 1, 2);
        draft.Operator(TfLiteOperation.Relu, [x], y);
        draft.Operator(TfLiteOperation.Relu, [x], y);
        Assert.Contains("twice", Assert.Throws<PermanentException>(() => Convert(draft)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_cannot_grow_into_a_huge_model()
    {
        NetworkDraft draft = new();
        int x = draft.Input("x", 1, 1, 1, 1 << 15);
        int weights = draft.Constant(new Half[1 << 15], TfLiteElementType.Float16, 1, 1, 1, 1 << 15);
        for (int i = 0; i < 1000; i++)
        {
            int wide = draft.Tensor($"wide{i}", [1, 1, 1, 1 << 15]);
            draft.Operator(TfLiteOperation.Dequantize, [weights], wide);
            int next = draft.Tensor($"x{i}", [1, 1, 1, 1 << 15]);
            draft.Operator(TfLiteOperation.Add, [x, wide], next, new FlatDraft());
            x = next;
        }

        Assert.Contains("far larger", Assert.Throws<PermanentException>(() => Convert(draft)).Message, StringComparison.Ordinal);
    }

    private static OnnxModel Convert(NetworkDraft draft) => TfLiteConverter.ToOnnx(TfLiteModel.Parse("net", draft.Write()));
}
