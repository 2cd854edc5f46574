using System.Runtime.InteropServices;
using RenderFarm.Contracts;
using RenderFarm.OnnxRuntime;
using RenderFarm.Packs.EchoMimicV2.Networks;
using RenderFarm.Packs.EchoMimicV2.Speech;
using RenderFarm.TestSupport;

namespace RenderFarm.Packs.EchoMimicV2.Tests.Networks;

/// <summary>The networks without fused attention against the official numbers; those with it are what the parity check runs.</summary>
public sealed class NetworkParityTests(GoldenNetworks golden) : IClassFixture<GoldenNetworks>
{
    private const Needs Both = Needs.Shared | Needs.Packages;

    [RequiresFact(Both)]
    public void The_autoencoder_encodes_as_the_official_one()
    {
        using OrtSession session = golden.Open(golden.Weights.VaeEncoder(Unfused));
        using OrtTensor<float> image = golden.Tensor(Golden.Floats("02_vae/ref_tensor_lanczos_128x128.npy"), 1, 3, 128, 128);
        using OrtTensor<float> moments = golden.Tensor(new float[8 * 16 * 16], 1, 8, 16, 16);
        session.Run([("image", image)], [("moments", moments)], default);
        Golden.AssertClose(Golden.Floats("02_vae/moments_lanczos_128x128.npy"), moments.Span, 1e-4, "moments");
    }

    [RequiresFact(Both)]
    public void The_autoencoder_decodes_as_the_official_one()
    {
        using OrtSession session = golden.Open(golden.Weights.VaeDecoder(Unfused));
        float[] latents = Golden.Floats("02_vae/decode_latents_128x128.npy");
        using OrtTensor<float> input = golden.Tensor(latents, 2, 4, 16, 16);
        using OrtTensor<float> image = golden.Tensor(new float[2 * 3 * 128 * 128], 2, 3, 128, 128);
        session.Run([("latents", input)], [("image", image)], default);
        Golden.AssertClose(Golden.Floats("02_vae/decode_sample_128x128.npy"), image.Span[..(3 * 128 * 128)], 1e-4, "image 0");

        using OrtTensor<float> wide = golden.Tensor(Golden.Floats("02_vae/decode_latents_128x192.npy"), 1, 4, 16, 24);
        using OrtTensor<float> wideImage = golden.Tensor(new float[3 * 128 * 192], 1, 3, 128, 192);
        session.Run([("latents", wide)], [("image", wideImage)], default);
        float[] rows = [.. Enumerable.Range(0, 3).SelectMany(c => wideImage.Span.Slice(((c * 128) + 48) * 192, 32 * 192).ToArray())];
        Golden.AssertClose(Golden.Floats("02_vae/decode_sample_128x192_rows_48_80.npy"), rows, 1e-4, "wide image");
    }

    [RequiresFact(Both)]
    public void The_reference_network_leaves_the_official_bank()
    {
        IReadOnlyList<(string Prefix, int Channels)> blocks = TransformerBlocks.Of(golden.Weights.UNet);
        Dictionary<string, float[]> bank = Bank( "02_vae/ref_latents_lanczos_128x128.npy", 16, 16);
        foreach ((string prefix, string file) in GoldenBank.Files())
            Golden.AssertClose(Golden.Floats(file), bank[prefix], 3e-4, prefix);
        Assert.Equal(blocks.Count, GoldenBank.Files().Count);
    }

    [RequiresFact(Both)]
    public void The_denoising_network_predicts_the_official_velocity()
    {
        float[] chunks = Chunks(12);
        float[] pose = Golden.Floats("03_pose/pose_features_128x128_frames0_11.npy"); // [1, 32, 12, 16, 16]
        float[] latents = Golden.Floats("05_denoise/latents.npy"); // [1, 4, 12, 16, 16]
        float[] velocity = Denoise("02_vae/ref_latents_lanczos_128x128.npy", 16, 16, 12, 499, latents, pose, chunks);
        Golden.AssertClose(Golden.Floats("05_denoise/out_nocfg.npy"), velocity, 5e-4, "velocity");
    }

    private float[] Denoise(
        string reference, int h, int w, int frames, float timestep, float[] latentsCF, float[] poseCF, float[] audio)
    {
        NetworkOptions options = Unfused;
        int width = golden.Weights.UNet.BlockOutChannels[0];
        using OrtSession session = golden.Open(golden.Weights.DenoisingNetwork(options));
        using OrtTensor<float> latents = golden.Tensor(FramesFirst(latentsCF, 4, frames), 1, frames, 4, h, w);
        using OrtTensor<float> time = golden.Tensor([timestep], 1);
        using OrtTensor<float> pose = golden.Tensor(FramesFirst(poseCF, width, frames), frames, width, h, w);
        using OrtTensor<float> heard = golden.Tensor(audio, frames, 50, 384);
        using OrtTensor<float> velocity = golden.Tensor(new float[frames * 4 * h * w], 1, frames, 4, h, w);
        List<(string, OrtTensor)> inputs = [("latents", latents), ("timestep", time), ("pose", pose), ("audio", heard)];
        foreach ((string name, OrtTensor<float> projected) in Projected(options, Bank( reference, h, w)))
            inputs.Add((name, projected));
        session.Run(CollectionsMarshal.AsSpan(inputs), [("velocity", velocity)], default);
        foreach ((_, OrtTensor tensor) in inputs)
            tensor.Dispose();
        return FramesFirst(velocity.Span.ToArray(), frames, 4);
    }

    private Dictionary<string, float[]> Bank(string reference, int h, int w)
    {
        using OrtSession session = golden.Open(golden.Weights.ReferenceNetwork(Unfused));
        using OrtTensor<float> latents = golden.Tensor(Golden.Floats(reference), 1, 4, h, w);
        List<(string, OrtTensor)> outputs = [];
        foreach ((string prefix, int channels) in TransformerBlocks.Of(golden.Weights.UNet))
        {
            int tokens = TransformerBlocks.TokensOf(golden.Weights.UNet, prefix, h, w);
            outputs.Add(($"bank.{prefix}", golden.Tensor(new float[tokens * channels], 1, tokens, channels)));
        }

        session.Run([("latents", latents)], CollectionsMarshal.AsSpan(outputs), default);
        Dictionary<string, float[]> bank = outputs.ToDictionary(o => o.Item1["bank.".Length..], o => ((OrtTensor<float>)o.Item2).Span.ToArray());
        outputs.ForEach(o => o.Item2.Dispose());
        return bank;
    }

    private List<(string Name, OrtTensor<float> Tensor)> Projected(NetworkOptions options, Dictionary<string, float[]> bank)
    {
        using OrtSession session = golden.Open(golden.Weights.ReferenceProjectionNetwork(options));
        List<(string, OrtTensor)> inputs = [];
        List<(string Name, OrtTensor<float> Tensor)> outputs = [];
        foreach ((string prefix, int channels) in TransformerBlocks.Of(golden.Weights.UNet))
        {
            int tokens = bank[prefix].Length / channels;
            inputs.Add(($"bank.{prefix}", golden.Tensor(bank[prefix], 1, tokens, channels)));
            outputs.Add(($"bank_k.{prefix}", golden.Tensor(new float[tokens * channels], 1, tokens, channels)));
            outputs.Add(($"bank_v.{prefix}", golden.Tensor(new float[tokens * channels], 1, tokens, channels)));
        }

        (string, OrtTensor)[] results = [.. outputs.Select(o => (o.Name, (OrtTensor)o.Tensor))];
        session.Run(CollectionsMarshal.AsSpan(inputs), results, default);
        inputs.ForEach(i => i.Item2.Dispose());
        return outputs;
    }

    /// <summary>[A, B, …] → [B, A, …].</summary>
    private static float[] FramesFirst(float[] values, int outer, int inner)
    {
        int plane = values.Length / outer / inner;
        float[] turned = new float[values.Length];
        for (int a = 0; a < outer; a++)
            for (int b = 0; b < inner; b++)
                values.AsSpan(((a * inner) + b) * plane, plane).CopyTo(turned.AsSpan(((b * outer) + a) * plane));
        return turned;
    }

    private static float[] Chunks(int frames)
    {
        float[] features = Golden.Floats("01_audio/features_rows.npy"); // rows 0-66 are what the first frames hear
        float[] chunks = new float[frames * 50 * 384];
        long[] rows = new long[AudioChunks.Rows];
        for (int frame = 0; frame < frames; frame++)
        {
            AudioChunks.RowsOf(frame, new FrameRate(24, 1), 214, rows);
            for (int i = 0; i < rows.Length; i++)
                features.AsSpan((int)rows[i] * 5 * 384, 5 * 384).CopyTo(chunks.AsSpan(((frame * 10) + i) * 5 * 384));
        }

        return chunks;
    }

    private static NetworkOptions Unfused => new() { FusedAttention = false };
}
