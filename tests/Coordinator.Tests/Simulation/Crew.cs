using System.Globalization;
using RenderFarm.Contracts;

namespace RenderFarm.Coordinator.Tests.Simulation;

/// <summary>What workers and stitchers do, without time: objects in the store hold the frames they stand for as text.</summary>
internal sealed class Crew(MemoryObjectStore store, Network network)
{
    /// <summary>Finishes the work of a command: objects first, then the event.</summary>
    public void Finish(object command, string workerId, long frameCount)
    {
        object? fact = command switch
        {
            PrepareJob m => Prepare(m, frameCount),
            RenderSegment m => Render(m, workerId),
            EncodeAudio m => Encode(m),
            BlendBorder m => Blend(m),
            MuxVideo m => Mux(m),
            _ => throw new InvalidOperationException($"Nobody handles {command}."),
        };
        if (fact is not null)
            network.OnTheWay.Add(fact);
    }

    public void Fail(object command, string workerId, FailureKind kind, string sentence) => network.OnTheWay.Add(command switch
    {
        PrepareJob m => new PrepareFailed { JobId = m.JobId, Attempt = m.Attempt, Kind = kind, Sentence = sentence },
        RenderSegment m => new SegmentFailed
        {
            JobId = m.JobId, SegmentIndex = m.SegmentIndex, Attempt = m.Attempt, WorkerId = workerId, Kind = kind, Sentence = sentence,
        },
        EncodeAudio m => Failed(m.JobId, StitchTask.EncodeAudio, 0, m.Attempt, kind, sentence),
        BlendBorder m => Failed(m.JobId, StitchTask.BlendBorder, m.BorderIndex, m.Attempt, kind, sentence),
        MuxVideo m => Failed(m.JobId, StitchTask.MuxVideo, 0, m.Attempt, kind, sentence),
        _ => throw new InvalidOperationException($"Nobody handles {command}."),
    });

    private static StitchFailed Failed(Guid jobId, StitchTask task, int index, int attempt, FailureKind kind, string sentence) =>
        new() { JobId = jobId, Task = task, Index = index, Attempt = attempt, Kind = kind, Sentence = sentence };

    private JobPrepared Prepare(PrepareJob m, long frameCount)
    {
        PreparedInputs inputs = new()
        {
            FrameCount = frameCount,
            PcmSampleCount = frameCount * 1000,
            PcmKey = $"{m.OutputPrefix}audio.pcm",
            LoudnessKey = $"{m.OutputPrefix}loudness",
            PackPrefix = $"{m.OutputPrefix}pack/",
        };
        store.Put(inputs.PcmKey, "pcm");
        store.Put(inputs.LoudnessKey, new string('x', (int)frameCount));
        return new() { JobId = m.JobId, Attempt = m.Attempt, Inputs = inputs };
    }

    private SegmentRendered? Render(RenderSegment m, string workerId)
    {
        if (store.Find(m.Inputs.PcmKey) is null)
        {
            Fail(m, workerId, FailureKind.Infrastructure, "The audio is missing.");
            return null;
        }

        FrameRange interior = new(
            m.BorderBefore.IsEmpty ? m.Frames.First : m.BorderBefore.End, m.BorderAfter.IsEmpty ? m.Frames.End : m.BorderAfter.First);
        return new()
        {
            JobId = m.JobId,
            SegmentIndex = m.SegmentIndex,
            Attempt = m.Attempt,
            WorkerId = workerId,
            InteriorKey = Write($"{m.OutputPrefix}interior", interior),
            BorderBeforeKey = Write($"{m.OutputPrefix}before", m.BorderBefore),
            BorderAfterKey = Write($"{m.OutputPrefix}after", m.BorderAfter),
            DenoiseTime = TimeSpan.Zero,
            DecodeTime = TimeSpan.Zero,
            TotalTime = TimeSpan.Zero,
        };
    }

    private AudioEncoded Encode(EncodeAudio m)
    {
        store.Put(m.OutputKey, "aac");
        return new() { JobId = m.JobId, Attempt = m.Attempt, OutputKey = m.OutputKey };
    }

    private BorderBlended? Blend(BlendBorder m)
    {
        string? left = store.Find(m.LeftKey);
        string? right = store.Find(m.RightKey);
        if (left is null || left != right || left != Text(m.Frames))
        {
            Fail(m, "", FailureKind.Infrastructure, "The two sides of the border are not there or differ.");
            return null;
        }

        store.Put(m.OutputKey, left);
        return new()
        {
            JobId = m.JobId, BorderIndex = m.BorderIndex, Attempt = m.Attempt, OutputKey = m.OutputKey, MaxDifference = 0, MeanDifference = 0,
        };
    }

    private VideoMuxed? Mux(MuxVideo m)
    {
        string?[] chunks = [.. (store.Find(m.ChunkListKey) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(store.Find)];
        if (chunks.Length == 0 || chunks.Contains(null) || store.Find(m.AudioTrackKey) is null)
        {
            Fail(m, "", FailureKind.Infrastructure, "A chunk is missing.");
            return null;
        }

        store.Put(m.OutputKey, string.Join('\n', chunks));
        return new() { JobId = m.JobId, Attempt = m.Attempt, OutputKey = m.OutputKey, SizeBytes = 1 };
    }

    private string? Write(string key, FrameRange frames)
    {
        if (frames.IsEmpty)
            return null;
        store.Put(key, Text(frames));
        return key;
    }

    private static string Text(FrameRange frames) => string.Create(CultureInfo.InvariantCulture, $"{frames.First} {frames.End}");
}
