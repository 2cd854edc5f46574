namespace RenderFarm.Media;

/// <summary>Reads back what a finished video says about its making.</summary>
public sealed class ProvenanceReader(MediaTools tools)
{
    /// <exception cref="MediaToolException">This is no video.</exception>
    public async Task<Provenance> ReadAsync(string path, CancellationToken cancellationToken)
    {
        MediaInfo info = await new MediaProbe(tools).ReadAsync(path, cancellationToken);
        Provenance tags = new()
        {
            Title = info.Tags.GetValueOrDefault("title"),
            Comment = info.Tags.GetValueOrDefault("comment"),
            Generator = info.Tags.GetValueOrDefault(ProvenanceTerms.MatroskaGeneratorTag),
            DigitalSourceType = info.Tags.GetValueOrDefault(ProvenanceTerms.MatroskaSourceTag),
        };
        using FileStream file = File.OpenRead(path);
        return Mp4Boxes.FindXmp(file) is { } packet && XmpPacket.Read(packet) is { } xmp
            ? tags with { Generator = xmp.Generator, DigitalSourceType = xmp.DigitalSourceType }
            : tags;
    }
}
