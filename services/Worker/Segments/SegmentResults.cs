using System.Text.Json;
using RenderFarm.Contracts;
using RenderFarm.Storage;

namespace RenderFarm.Worker.Segments;

/// <summary>The results of attempts that are complete, kept beside their objects: a second delivery finds them there.</summary>
internal sealed class SegmentResults(IObjectStore store)
{
    public async Task<SegmentRendered?> FindAsync(RenderSegment command, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = await store.OpenReadAsync(new SegmentKeys(command.OutputPrefix).Result, cancellationToken);
            return await JsonSerializer.DeserializeAsync<SegmentRendered>(stream, cancellationToken: cancellationToken);
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    /// <summary>To be called when everything else is stored.</summary>
    public Task SaveAsync(RenderSegment command, SegmentRendered rendered, CancellationToken cancellationToken) =>
        store.PutAsync(
            new SegmentKeys(command.OutputPrefix).Result, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(rendered)), cancellationToken);
}
