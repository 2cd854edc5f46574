using RenderFarm.Failures;
using RenderFarm.Farm.State;
using RenderFarm.OnnxRuntime;
using RenderFarm.TfLite;

namespace RenderFarm.Farm.Doctor;

/// <summary>The native inference library and the networks it runs: there, loadable, complete.</summary>
internal static class InferenceCheck
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            OrtRuntime runtime = OrtRuntime.Load(OrtLibrary.Find(null));
            Finding library = new(FindingMark.Good, "ONNX Runtime", $"version {runtime.Version} from {runtime.LibraryPath}");
            return [library, await NetworksAsync(runtime, cancellationToken)];
        }
        catch (Exception e) when (e is PermanentException or OnnxRuntimeException)
        {
            return [new(FindingMark.Bad, "ONNX Runtime", e.Message)];
        }
    }

    private static async Task<Finding> NetworksAsync(OrtRuntime runtime, CancellationToken cancellationToken)
    {
        if (!await MediaPipeModels.IsImportedAsync(ModelsFolder.Path, cancellationToken))
            return new(FindingMark.Bad, "networks", $"the face networks are not in {ModelsFolder.Path}: run ./farm from the checkout, which imports them");
        foreach (MediaPipeModel model in MediaPipeModels.All)
        {
            try
            {
                runtime.Open(MediaPipeModels.PathOf(model, ModelsFolder.Path)).Dispose();
            }
            catch (OnnxRuntimeException e)
            {
                return new(FindingMark.Bad, "networks", $"{model.Name} cannot be loaded: delete {ModelsFolder.Path} and run ./farm from the checkout ({e.Message})");
            }
        }

        return new(FindingMark.Good, "networks", $"{MediaPipeModels.All.Count} in {ModelsFolder.Path}");
    }
}
