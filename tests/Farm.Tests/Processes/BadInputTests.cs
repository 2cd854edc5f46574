namespace RenderFarm.Farm.Tests.Processes;

/// <summary>Whatever is wrong: one sentence, a failing exit code, and nothing left behind. Run as a user runs it.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TempFolder inputs = new();
    private readonly TempFolder outputs = new();
    private readonly TempFolder home = new();

    public void Dispose()
    {
        inputs.Dispose();
        outputs.Dispose();
        home.Dispose();
    }

    [BuiltFarmTheory]
    [InlineData("missing.wav", "There is no audio file")]
    [InlineData("text.wav", "is not a sound file")]
    [InlineData("silent-video.mp4", "has no sound")]
    [InlineData("no-samples.wav", "")]
    [InlineData("empty.wav", "is empty")]
    [InlineData("folder.wav", "is a folder")]
    [InlineData("/dev/zero", "")]
    [InlineData("https://127.0.0.1:1/a.mp3", "is a web address")]
    [InlineData("http-playlist.m3u8", "is not a sound file")]
    [InlineData("file-playlist.m3u8", "is not a sound file")]
    [InlineData("concat.wav", "is not a sound file")]
    [InlineData("concat:a.wav|b.wav", "There is no audio file")]
    public async Task Audio_that_cannot_be_rendered(string name, string words)
    {
        Directory.CreateDirectory(inputs.At("folder.wav"));
        inputs.Write("text.wav", "This is a letter, not a lecture.\n");
        inputs.Write("empty.wav", "");
        inputs.Write("http-playlist.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n");
        inputs.Write("file-playlist.m3u8", $"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://{Samples.Lecture}\n#EXT-X-ENDLIST\n");
        inputs.Write("concat.wav", $"ffconcat version 1.0\nfile '{Samples.Lecture}'\n");
        BadFiles.WavWithoutSamples(inputs.At("no-samples.wav"));
        if (name == "silent-video.mp4")
            BadFiles.Made(inputs.At(name), "-f", "lavfi", "-i", "testsrc=s=64x64:d=1");
        await AssertOneSentenceAsync(words, Render(audio: name.StartsWith("http", StringComparison.Ordinal) && name.Contains("://", StringComparison.Ordinal) ? name : inputs.At(name)));
    }

    [BuiltFarmTheory]
    [InlineData("missing.png", "There is no portrait file")]
    [InlineData("text.png", "is not a picture")]
    [InlineData("bomb.png", "")]
    [InlineData("tiny.png", "")]
    [InlineData("no-face.png", "face")]
    [InlineData("half.png", "")]
    [InlineData("reference.svg", "is not a picture")]
    [InlineData("frame-%03d.png", "There is no portrait file")]
    public async Task A_portrait_that_cannot_be_rendered(string name, string words)
    {
        inputs.Write("text.png", "no picture");
        inputs.Write("reference.svg", "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/hostname'/></svg>");
        string path = inputs.At(name);
        _ = name switch
        {
            "bomb.png" => BadFiles.BombPng(path, 30_000),
            "tiny.png" => BadFiles.Made(path, "-i", Samples.Portrait, "-vf", "scale=20:20"),
            "no-face.png" => BadFiles.Made(path, "-f", "lavfi", "-i", "mandelbrot=s=640x640", "-frames:v", "1"),
            "frame-%03d.png" => BadFiles.Made(inputs.At("frame-001.png"), "-i", Samples.Portrait),
            _ => path,
        };
        if (name == "half.png")
            await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(Samples.Portrait))[..5000]);
        await AssertOneSentenceAsync(words, Render(portrait: path));
    }

    [BuiltFarmFact]
    public async Task An_output_that_exists_is_not_touched_without_force()
    {
        string there = outputs.Write("there.mp4", "precious");
        FarmResult result = await FarmProcess.RunAsync(home.Path, Render(output: there));
        AssertOneSentence("--force", result);
        Assert.Equal("precious", await File.ReadAllTextAsync(there));
        Assert.Equal(["there.mp4"], outputs.Contents());
        Assert.Empty(home.Contents());
    }

    [BuiltFarmTheory]
    [InlineData("/proc/out.mp4")]
    [InlineData("/no/such/folder/out.mp4")]
    [InlineData("/dev/full")]
    [InlineData("/tmp")]
    public Task An_output_that_cannot_be_written(string output) => AssertOneSentenceAsync("output", Render(output: output));

    [BuiltFarmFact]
    public async Task A_file_name_with_control_characters_cannot_forge_lines()
    {
        FarmResult result = await FarmProcess.RunAsync(home.Path, Render(audio: inputs.At("a\nerror: forged\u001b[2J.wav")));
        AssertOneSentence("There is no audio file", result);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [BuiltFarmFact]
    public async Task A_state_disk_that_is_full_is_said_before_it_costs_time()
    {
        string small = home.At("small");
        Directory.CreateDirectory(small);
        // A file system of its own, gone with the process.
        string[] script = ["unshare", "--mount", "sh", "-c", $"mount -t tmpfs -o size=1m tmpfs {small} || exit 77; RENDERFARM_HOME={small} \"$@\"; code=$?; find {small} -type f >&2; exit $code", "sh"];
        using FarmProcess farm = FarmProcess.Start(small, Render(), script);
        FarmResult result = await farm.ResultAsync();
        if (result.ExitCode is 77 || result.Error.StartsWith("unshare", StringComparison.Ordinal))
            return; // not allowed to mount here; DiskSpaceTests cover the decision
        AssertOneSentence("free", result);
    }

    private string[] Render(string? portrait = null, string? audio = null, string? output = null) =>
        ["render", "--portrait", portrait ?? Samples.Portrait, "--audio", audio ?? Samples.Lecture, "--out", output ?? outputs.At("video.mp4")];

    private async Task AssertOneSentenceAsync(string words, string[] arguments)
    {
        FarmResult result = await FarmProcess.RunAsync(home.Path, arguments);
        AssertOneSentence(words, result);
        Assert.Empty(outputs.Contents());
        Assert.Empty(home.Contents());
    }

    private static void AssertOneSentence(string words, FarmResult result)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        // A line of progress may come before the sentence; nothing after it.
        string last = result.Lines[^1];
        Assert.StartsWith("error: ", last, StringComparison.Ordinal);
        Assert.Contains(words, last, StringComparison.Ordinal);
        Assert.EndsWith(".", last, StringComparison.Ordinal);
        Assert.Single(result.Lines, line => line.StartsWith("error", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }
}
