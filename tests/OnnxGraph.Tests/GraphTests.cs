namespace RenderFarm.OnnxGraph.Tests;

public sealed class GraphTests
{
    [Fact]
    public void A_node_may_only_use_what_is_defined_before_it()
    {
        Graph graph = new("g");
        ArgumentException error = Assert.Throws<ArgumentException>(() => graph.Add("Relu", ["missing"]));
        Assert.Contains("'missing'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_defined_once()
    {
        Graph graph = new("g");
        graph.AddInput("x", OnnxElementType.Float, 1);
        Assert.Throws<ArgumentException>(() => graph.AddInitializer(Initializer.Int64s("x", new long[] { 1 })));
        Assert.Throws<ArgumentException>(() => graph.Add(new Node { OpType = "Relu", Inputs = ["x"], Outputs = ["x"] }));
    }

    [Fact]
    public void An_optional_input_may_be_left_out()
    {
        Graph graph = new("g");
        graph.AddInput("x", OnnxElementType.Float, 1);
        graph.Add("Resize", ["x", "", "", "x"]);
        Assert.Equal(["x", "", "", "x"], graph.Nodes[0].Inputs);
    }

    [Fact]
    public void Fresh_names_avoid_names_in_use()
    {
        Graph graph = new("g");
        graph.AddInput("Relu_0", OnnxElementType.Float, 1);
        Assert.Equal("Relu_1", graph.Add("Relu", ["Relu_0"]));
        Assert.Equal("Relu_2", graph.Add("Relu", ["Relu_1"]));
    }

    [Fact]
    public void An_output_must_be_computed()
    {
        Graph graph = new("g");
        Assert.Throws<ArgumentException>(() => graph.AddOutput("y", OnnxElementType.Float, 1));
    }

    [Fact]
    public void Data_must_fit_the_shape() =>
        Assert.Throws<ArgumentException>(() => Initializer.Floats("w", [2, 3], new float[5]));
}
