using RenderFarm.Contracts;
using RenderFarm.Packs.EchoMimicV2.Speech;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Speech;

public sealed class AudioChunksTests
{
    [SharedFact]
    public void Frames_hear_the_official_rows()
    {
        Check("01_audio/chunk_rows_fps24.npy", melFrames: 428, new FrameRate(24, 1));
        Check("01_audio/chunk_rows_fps25.npy", melFrames: 428, new FrameRate(25, 1));
        Check("01_audio/long_chunk_rows_fps24.npy", melFrames: 3427, new FrameRate(24, 1));
        Check("01_audio/long_chunk_rows_fps25.npy", melFrames: 3427, new FrameRate(25, 1));
    }

    private static void Check(string file, long melFrames, FrameRate rate)
    {
        NpyFile expected = Golden.Npy(file);
        int[] table = expected.Int32s();
        long rows = AudioChunks.RowCount(melFrames);
        Assert.Equal(expected.Shape[0], AudioChunks.OfficialChunkCount(rows, rate));
        long[] actual = new long[AudioChunks.Rows];
        for (int frame = 0; frame < expected.Shape[0]; frame++)
        {
            AudioChunks.RowsOf(frame, rate, rows, actual);
            Assert.Equal(table.AsSpan(frame * 10, 10).ToArray().Select(row => (long)row), actual);
        }
    }
}
