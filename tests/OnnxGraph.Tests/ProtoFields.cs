namespace RenderFarm.OnnxGraph.Tests;

internal static class ProtoFields
{
    public static ProtoField The(this List<ProtoField> fields, int number) => Assert.Single(fields, f => f.Number == number);

    public static IEnumerable<ProtoField> All(this List<ProtoField> fields, int number) => fields.Where(f => f.Number == number);

    public static Dictionary<string, string> Entries(this List<ProtoField> fields, int number) =>
        fields.All(number).ToDictionary(e => e.Message.The(1).Text, e => e.Message.The(2).Text);
}
