namespace RenderFarm.OnnxRuntime;

/// <summary>Names of the execution providers that can be asked for.</summary>
public static class OrtProviders
{
    public const string Cpu = "cpu";
    public const string Cuda = "cuda";
}
