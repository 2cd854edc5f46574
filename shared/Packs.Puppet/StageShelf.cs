using RenderFarm.Packs.Puppet.Decoding;
using RenderFarm.Packs.Puppet.Portraits;

namespace RenderFarm.Packs.Puppet;

/// <summary>Keeps the stages used last, so that the segments of a job do not build the same one again. Safe for many callers.</summary>
internal sealed class StageShelf
{
    private const int Capacity = 2;

    private readonly Lock _lock = new();
    private readonly List<(string Fingerprint, int Size, PuppetStage Stage)> _recent = [];

    public PuppetStage GetOrBuild(PreparedPortrait portrait)
    {
        // Building under the lock: segments that start together want the same stage, and one build serves them all.
        lock (_lock)
        {
            int found = _recent.FindIndex(kept => kept.Fingerprint == portrait.Fingerprint && kept.Size == portrait.SizePixels);
            PuppetStage stage = found >= 0 ? _recent[found].Stage : portrait.BuildStage();
            if (found >= 0)
                _recent.RemoveAt(found);
            else if (_recent.Count == Capacity)
                _recent.RemoveAt(0);
            _recent.Add((portrait.Fingerprint, portrait.SizePixels, stage));
            return stage;
        }
    }
}
