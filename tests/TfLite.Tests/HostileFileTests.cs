using System.Buffers.Binary;
using RenderFarm.Failures;
using RenderFarm.TestSupport;
using Xunit.Abstractions;

namespace RenderFarm.TfLite.Tests;

/// <summary>Whatever the bytes: a model or a sentence, in memory proportional to the file.</summary>
public sealed class HostileFileTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_truncation_ends_in_a_sentence()
    {
        byte[] whole = Networks.WithEveryOperation();
        for (int length = 0; length < whole.Length; length++)
            Read(whole.AsMemory(0, length), $"the first {length} bytes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutations_of_a_small_network_end_in_a_model_or_a_sentence(int seed)
    {
        byte[] whole = Networks.WithEveryOperation();
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < 4000; i++)
            refused += Read(Mutate(whole, random, 0, whole.Length), $"seed {seed}, mutation {i}") ? 0 : 1;
        output.WriteLine($"{refused} of 4000 refused");
        Assert.InRange(refused, 400, 3999); // else the mutations miss what matters
    }

    [RequiresFact(Needs.Packages)]
    public async Task Mutations_of_the_attention_mesh_end_in_a_model_or_a_sentence()
    {
        byte[] whole = await MediaPipeModels.ReadAsync(MediaPipeModels.FaceLandmarksWithAttention, NpmPackages.Folder, CancellationToken.None);
        Random random = new(4);
        int refused = 0;
        // The first part of the file holds the tables, the rest weights.
        for (int i = 0; i < 50; i++)
            refused += Read(Mutate(whole, random, 0, 2000 * (1 + i)), $"mutation {i}") ? 0 : 1;
        output.WriteLine($"{refused} of 50 refused");
    }

    private static bool Read(ReadOnlyMemory<byte> bytes, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool read;
        try
        {
            TfLiteConverter.ToOnnx(TfLiteModel.Parse("net", bytes));
            read = true;
        }
        catch (PermanentException refused)
        {
            Assert.InRange(refused.Message.Length, 20, 400);
            Assert.DoesNotContain('\n', refused.Message);
            read = false;
        }
        catch (Exception bug)
        {
            throw new InvalidOperationException($"{what}: {bug.Message}", bug);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < (1 << 23) + (64L * bytes.Length), $"{what} allocated {allocated} bytes.");
        return read;
    }

    private static byte[] Mutate(byte[] whole, Random random, int from, int to)
    {
        byte[] mutated = [.. whole];
        for (int changes = random.Next(1, 6); changes > 0; changes--)
        {
            int at = random.Next(from, to - 4);
            switch (random.Next(4))
            {
                case 0:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    int[] edges = [0, 1, -1, int.MaxValue, int.MinValue, whole.Length, whole.Length - at, -at, 1 << 16, 1 << 24, random.Next(64)];
                    BinaryPrimitives.WriteInt32LittleEndian(mutated.AsSpan(at & ~3), edges[random.Next(edges.Length)]);
                    break;
                default:
                    int other = random.Next(from, to - 4);
                    whole.AsSpan(other & ~3, 4).CopyTo(mutated.AsSpan(at & ~3));
                    break;
            }
        }

        return mutated;
    }
}
