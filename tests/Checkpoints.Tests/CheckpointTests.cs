using System.IO.Compression;
using System.Runtime.InteropServices;
using RenderFarm.Failures;
using RenderFarm.TestSupport;

namespace RenderFarm.Checkpoints.Tests;

public sealed class CheckpointTests : IDisposable
{
    private static readonly float[] s_six = [1, -2, 3.5f, 0, 1e-7f, 6];

    private readonly CheckpointFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_torch_file_gives_its_tensors_where_they_lie()
    {
        string path = Torch(CheckpointFiles.OneTensorPickle());
        using Checkpoint checkpoint = Checkpoint.Open(path);
        CheckpointTensor weight = checkpoint.Tensors["weight"];
        Assert.Equal([2L, 3L], weight.Shape);
        Assert.Equal(CheckpointDType.F32, weight.DType);
        Assert.Equal(s_six, weight.ToSingles());
        float[] part = new float[2];
        weight.Read(3, part);
        Assert.Equal(s_six[3..5], part);
    }

    [Fact]
    public void A_safetensors_file_gives_its_tensors_where_they_lie()
    {
        byte[] halves = MemoryMarshal.AsBytes<Half>([(Half)0.5f, (Half)(-3)]).ToArray();
        byte[] brains = [0x80, 0x3f, 0x00, 0xc0]; // 1, -2 in bfloat16
        string path = _files.Safetensors(
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[1,2],"data_offsets":[4,8]}}""",
            [.. halves, .. brains]);
        using Checkpoint checkpoint = Checkpoint.Open(path);
        Assert.Equal([0.5f, -3], checkpoint.Tensors["a"].ToSingles());
        Assert.Equal([1f, -2], checkpoint.Tensors["b"].ToSingles());
        Assert.Equal([1L, 2L], checkpoint.Tensors["b"].Shape);
    }

    [Theory]
    [InlineData(4, 2, 3, 3, 1, "past the end")]
    [InlineData(-1, 2, 3, 3, 1, "past the end")]
    [InlineData(0, 2, 3, 1, 2, "strided view")]
    [InlineData(0, -2, 3, 3, 1, "impossible shape")]
    [InlineData(0, int.MaxValue, int.MaxValue, int.MaxValue, 1, "impossible shape")]
    public void A_tensor_that_does_not_fit_its_data_is_refused(int offset, int rows, int columns, int rowStride, int columnStride, string why)
    {
        string path = Torch(CheckpointFiles.OneTensorPickle(offset, rows, columns, rowStride, columnStride));
        PermanentException refused = Assert.Throws<PermanentException>(() => Checkpoint.Open(path));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains("'weight'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_that_would_run_something_is_refused_by_name()
    {
        string path = Torch([0x80, 2, .. "cposix\nsystem\n"u8, (byte)'X', 2, 0, 0, 0, .. "id"u8, 0x85, (byte)'R', (byte)'.']);
        PermanentException refused = Assert.Throws<PermanentException>(() => Checkpoint.Open(path));
        Assert.Contains("posix.system", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_archive_is_refused()
    {
        string path = _files.Zip(CompressionLevel.SmallestSize, ("x/data.pkl", CheckpointFiles.OneTensorPickle()), ("x/data/0", new byte[4000]));
        Assert.Contains("compressed", Assert.Throws<PermanentException>(() => Checkpoint.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")] // four bytes for two floats
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""")] // past the end
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""")] // overflows 64 bits
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("{")]
    public void A_safetensors_header_that_does_not_fit_is_refused(string header)
    {
        string path = _files.Safetensors(header, new byte[4]);
        Assert.Throws<PermanentException>(() => Checkpoint.Open(path));
    }

    [Fact]
    public void Missing_empty_and_foreign_files_are_refused_with_a_sentence()
    {
        Assert.Contains("no checkpoint", Assert.Throws<PermanentException>(() => Checkpoint.Open("/nowhere/x.pth")).Message, StringComparison.Ordinal);
        Assert.Contains("empty", Assert.Throws<PermanentException>(() => Checkpoint.Open(_files.Write("empty", []))).Message, StringComparison.Ordinal);
        string text = _files.Write("text", "this is no checkpoint at all"u8.ToArray());
        Assert.Contains("neither", Assert.Throws<PermanentException>(() => Checkpoint.Open(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_and_nothing_else_happens()
    {
        byte[] torch = File.ReadAllBytes(Torch(CheckpointFiles.OneTensorPickle()));
        byte[] safe = File.ReadAllBytes(_files.Safetensors("""{"a":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8]}}""", new byte[8]));
        Random random = new(20261122);
        for (int round = 0; round < 3000; round++)
        {
            byte[] mutated = [.. round % 2 == 0 ? torch : safe];
            for (int change = random.Next(1, 5); change > 0; change--)
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                mutated = mutated[..random.Next(mutated.Length)];
            string path = _files.Write("mutated", mutated);
            try
            {
                using Checkpoint checkpoint = Checkpoint.Open(path);
                foreach (CheckpointTensor tensor in checkpoint.Tensors.Values)
                    tensor.Bytes(0, (int)tensor.ByteCount);
            }
            catch (PermanentException)
            {
                // Refused: that is the one way out besides sound tensors.
            }
        }
    }

    [SharedFact]
    public void The_official_formats_are_read_whole()
    {
        string weights = SharedFolder.At("goldens/echomimic-v2-tiny/pretrained_weights");
        (string File, int Count)[] expected =
        [
            ("denoising_unet.pth", 684), ("motion_module.pth", 588), ("reference_unet.pth", 568), ("pose_encoder.pth", 16),
            ("audio_processor/tiny.pt", 95), ("sd-vae-ft-mse/diffusion_pytorch_model.safetensors", 244),
        ];
        foreach ((string file, int count) in expected)
        {
            using Checkpoint checkpoint = Checkpoint.Open(Path.Combine(weights, file));
            Assert.Equal(count, checkpoint.Tensors.Count);
            foreach (CheckpointTensor tensor in checkpoint.Tensors.Values)
                Assert.All(tensor.ToSingles(), value => Assert.True(float.IsFinite(value), $"{file}: {tensor.Name}"));
        }
    }

    [SharedFact]
    public void Positional_encodings_have_the_values_of_their_formula()
    {
        using Checkpoint checkpoint = Checkpoint.Open(SharedFolder.At("goldens/echomimic-v2-tiny/pretrained_weights/motion_module.pth"));
        CheckpointTensor table = checkpoint.Tensors.Values.First(tensor => tensor.Name.EndsWith("pos_encoder.pe", StringComparison.Ordinal));
        int width = (int)table.Shape[^1];
        float[] values = table.ToSingles();
        for (int position = 0; position < 32; position++)
        {
            for (int i = 0; i < width / 2; i++)
            {
                double angle = position * Math.Pow(10000, -2.0 * i / width);
                Assert.Equal(Math.Sin(angle), values[(position * width) + (2 * i)], 1e-5);
                Assert.Equal(Math.Cos(angle), values[(position * width) + (2 * i) + 1], 1e-5);
            }
        }
    }

    private string Torch(byte[] pickle) =>
        _files.Zip(CompressionLevel.NoCompression, ("x/data.pkl", pickle), ("x/data/0", MemoryMarshal.AsBytes<float>(s_six).ToArray()));
}
