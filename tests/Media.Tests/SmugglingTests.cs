using System.Net;
using System.Net.Sockets;
using RenderFarm.Failures;

namespace RenderFarm.Media.Tests;

/// <summary>Files that are instructions to open something else. None of them may make us open it.</summary>
public sealed class SmugglingTests
{
    public static TheoryData<string, string> Lures() => new()
    {
        { "list.m3u8", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{url}\n#EXT-X-ENDLIST\n" },
        { "list.wav", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{url}\n#EXT-X-ENDLIST\n" },
        { "secret.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:{secret}\n#EXT-X-ENDLIST\n" },
        { "key.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-KEY:METHOD=AES-128,URI=\"{url}\"\n#EXTINF:5,\n{secret}\n#EXT-X-ENDLIST\n" },
        { "script.ffconcat", "ffconcat version 1.0\nfile '{secret}'\n" },
        { "script.mp3", "ffconcat version 1.0\nfile {url}\n" },
        { "session.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n" },
        { "film.mpd", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT5S\"><Period><AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>{url}</BaseURL></Representation></AdaptationSet></Period></MPD>" },
        { "film.ism", "<?xml version=\"1.0\"?><SmoothStreamingMedia><StreamIndex Url=\"{url}\"/></SmoothStreamingMedia>" },
        { "old.asx", "<asx version=\"3.0\"><entry><ref href=\"{url}\"/></entry></asx>" },
        { "old.pls", "[playlist]\nFile1={url}\nNumberOfEntries=1\n" },
        { "edit.edl", "# mpv EDL v0\n{secret},0,5\n" },
        { "filter.lavfi", "amovie={secret}" },
        { "drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"100\" height=\"100\"><image xlink:href=\"{url}\" width=\"100\" height=\"100\"/></svg>" },
        { "drawing.png", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"100\" height=\"100\"><image xlink:href=\"{url}\" width=\"100\" height=\"100\"/></svg>" },
        { "drawing.mvg", "push graphic-context\nviewbox 0 0 100 100\nfill 'url({url})'\npop graphic-context\n" },
        { "subtitles.srt", "1\n00:00:00,000 --> 00:00:05,000\n{url}\n" },
        { "meta.txt", ";FFMETADATA1\ntitle={url}\n" },
    };

    [Theory]
    [MemberData(nameof(Lures))]
    public async Task A_file_that_points_elsewhere_is_neither_sound_nor_picture_and_opens_nothing(string name, string content)
    {
        using Scratch scratch = new();
        await using Trap trap = new();
        await Samples.ToneAsync(scratch["secret.wav"], 1);
        await File.WriteAllTextAsync(scratch[name], trap.Bait(content, scratch["secret.wav"]));
        using MemoryStream heard = new();

        PermanentException sound = await Assert.ThrowsAsync<PermanentException>(
            () => new AudioDecoder(MediaTools.FromPath).DecodeAsync(scratch[name], heard, CancellationToken.None));
        PermanentException picture = await Assert.ThrowsAsync<PermanentException>(
            () => new ImageDecoder(MediaTools.FromPath).DecodeAsync(scratch[name], CancellationToken.None));

        Assert.Equal(0, heard.Length);
        Assert.Contains("is not a sound file", sound.Message, StringComparison.Ordinal);
        Assert.Contains("is not a picture", picture.Message, StringComparison.Ordinal);
        Assert.Equal(0, trap.Visits);
    }

    [Fact]
    public async Task The_trap_does_catch_an_ffmpeg_that_is_not_held_back()
    {
        using Scratch scratch = new();
        await using Trap trap = new();
        await File.WriteAllTextAsync(scratch["list.m3u8"], trap.Bait("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{url}\n#EXT-X-ENDLIST\n", ""));

        await using MediaProcess ffmpeg = MediaProcess.Start(
            "ffmpeg", ["-nostdin", "-v", "quiet", "-protocol_whitelist", "file,http,tcp", "-i", scratch["list.m3u8"], "-f", "null", "-"]);
        await Assert.ThrowsAnyAsync<Exception>(() => ffmpeg.CompleteAsync(CancellationToken.None));

        Assert.NotEqual(0, trap.Visits);
    }

    [Theory]
    [InlineData("{url}")]
    [InlineData("concat:{secret}|{secret}")]
    [InlineData("subfile,,start,0,end,0,,:{secret}")]
    [InlineData("cache:{url}")]
    [InlineData("async:{url}")]
    [InlineData("data:audio/wav;base64,UklGRg==")]
    [InlineData("pipe:0")]
    [InlineData("-i")]
    [InlineData("file:{secret}")]
    [InlineData("anullsrc=d=5")]
    public async Task A_name_that_is_no_file_is_refused_whatever_ffmpeg_would_make_of_it(string name)
    {
        using Scratch scratch = new();
        await using Trap trap = new();
        await Samples.ToneAsync(scratch["secret.wav"], 1);
        string path = trap.Bait(name, scratch["secret.wav"]);

        await Assert.ThrowsAsync<PermanentException>(() => new AudioDecoder(MediaTools.FromPath).DecodeAsync(path, Stream.Null, CancellationToken.None));
        await Assert.ThrowsAsync<PermanentException>(() => new ImageDecoder(MediaTools.FromPath).DecodeAsync(path, CancellationToken.None));

        Assert.Equal(0, trap.Visits);
    }

    [Theory]
    [InlineData("-i")]
    [InlineData("a:b")]
    [InlineData("http:x")]
    [InlineData("concat:a|b")]
    [InlineData("take %03d")]
    [InlineData("take%d")]
    [InlineData("*?[a]{1}")]
    [InlineData("line\nbreak")]
    [InlineData("it's \"quoted\" $(touch x) `y` ;&")]
    [InlineData("Vorlesung – größer 講義")]
    public async Task Any_name_of_a_real_file_is_just_its_name(string name)
    {
        using Scratch scratch = new();
        await Samples.ToneAsync(scratch["tone.wav"], 0.5);
        File.Move(scratch["tone.wav"], scratch[name + ".wav"]);
        await Samples.MakeAsync("-f", "lavfi", "-i", "color=red:size=64x64:rate=1:duration=1", "-frames:v", "1", scratch["red.png"]);
        File.Move(scratch["red.png"], scratch[name + ".png"]);

        DecodedAudio sound = await new AudioDecoder(MediaTools.FromPath).DecodeAsync(scratch[name + ".wav"], Stream.Null, CancellationToken.None);
        Imaging.RgbImage picture = await new ImageDecoder(MediaTools.FromPath).DecodeAsync(scratch[name + ".png"], CancellationToken.None);

        Assert.Equal(8000, sound.SampleCount);
        Assert.Equal(64, picture.Width);
        Assert.Equal(2, scratch.Names.Count());
    }

    [Fact]
    public async Task A_pattern_that_matches_pictures_opens_none_of_them()
    {
        using Scratch scratch = new();
        await Samples.MakeAsync("-f", "lavfi", "-i", "color=red:size=64x64:rate=1:duration=1", "-frames:v", "1", scratch["frame001.png"]);
        await File.WriteAllTextAsync(scratch["frame%03d.png"], "no picture");

        PermanentException refused = await Assert.ThrowsAsync<PermanentException>(
            () => new ImageDecoder(MediaTools.FromPath).DecodeAsync(scratch["frame%03d.png"], CancellationToken.None));

        Assert.Contains("is not a picture", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A server on the loopback that counts who comes.</summary>
    private sealed class Trap : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task accepting;
        private int visits;

        public Trap()
        {
            listener.Start();
            accepting = AcceptAsync();
        }

        public int Visits => Volatile.Read(ref visits) + (listener.Pending() ? 1 : 0);

        public string Bait(string text, string secretPath)
        {
            int port = ((IPEndPoint)listener.LocalEndpoint).Port;
            return text
                .Replace("{url}", $"http://127.0.0.1:{port}/sound.wav", StringComparison.Ordinal)
                .Replace("{port}", $"{port}", StringComparison.Ordinal)
                .Replace("{secret}", secretPath, StringComparison.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await accepting;
            listener.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using TcpClient visitor = await listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref visits);
                }
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
            }
        }
    }
}
