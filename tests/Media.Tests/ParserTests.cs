using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Media.Tests;

/// <summary>Parsers of other people's bytes: right on what is right, calm on everything else.</summary>
public sealed class ParserTests
{
    [Fact]
    public void A_description_of_a_film_is_read()
    {
        MediaInfo info = ProbeOutput.Parse("""
            {"streams":[
              {"index":0,"codec_name":"h264","codec_type":"video","width":1920,"height":1080,"avg_frame_rate":"30000/1001","duration":"61.294567",
               "nb_frames":"1837","disposition":{"attached_pic":0},"side_data_list":[{"rotation":-90}]},
              {"index":1,"codec_name":"aac","codec_type":"audio","sample_rate":"44100","channels":2,"duration":"61.3"},
              {"index":2,"codec_name":"mjpeg","codec_type":"video","disposition":{"attached_pic":1}},
              {"index":3,"codec_type":"data"}],
             "format":{"format_name":"mov,mp4,m4a,3gp,3g2,mj2","duration":"61.3","tags":{"title":"A lecture","Comment":"x"}}}
            """u8.ToArray());

        Assert.Equal((TrackKind.Video, 1920, 1080, 90, "30000/1001", 1837L),
            (info.Video!.Kind, info.Video.WidthPixels, info.Video.HeightPixels, info.Video.RotationDegrees, info.Video.AverageFrameRate, info.Video.PacketCount!.Value));
        Assert.Equal(("aac", 44100, 2, 61.3), (info.Audio!.Codec, info.Audio.SampleRateHz, info.Audio.Channels, info.Audio.Duration!.Value.TotalSeconds));
        Assert.Equal([TrackKind.Video, TrackKind.Audio, TrackKind.Picture, TrackKind.Other], info.Streams.Select(stream => stream.Kind));
        Assert.Equal(("A lecture", "x"), (info.Tags["TITLE"], info.Tags["comment"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"streams":[{}],"format":{}}""")]
    [InlineData("""{"streams":[{"codec_type":"audio","sample_rate":"N/A","channels":"many","duration":"N/A"}],"format":{"duration":"-1"}}""")]
    [InlineData("""{"streams":[{"codec_type":"video","duration":"1e300","side_data_list":[{"rotation":1e300}]}],"format":{"duration":"NaN","tags":{"a":1}}}""")]
    public void A_description_with_gaps_and_nonsense_has_unknown_fields(string json)
    {
        MediaInfo info = ProbeOutput.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Null(info.Duration);
        Assert.All(info.Streams, stream => Assert.Null(stream.Duration));
    }

    [Theory]
    [InlineData("frame=1\nprogress=continue\nframe=24\nfps=0\nprogress=end\n", 24L)]
    [InlineData("frame=  24 \nprogress=end\n", 24L)]
    [InlineData("frame=24\nprogress=continue\n", null)]
    [InlineData("", null)]
    [InlineData("progress=end\n", null)]
    [InlineData("frame=x\nprogress=end\n", null)]
    public void Progress_counts_only_when_the_program_reached_its_end(string text, long? frames) =>
        Assert.Equal(frames, FrameProgress.FinalFrameCount(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("P7\nWIDTH 300\nHEIGHT 200\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n", true)]
    [InlineData("P7\nWIDTH 300\nHEIGHT 200\nDEPTH 4\nMAXVAL 65535\nENDHDR\n", false)]
    [InlineData("P7\nWIDTH -3\nHEIGHT 200\nDEPTH 4\nMAXVAL 255\nENDHDR\n", false)]
    [InlineData("P7\nWIDTH 300\nHEIGHT 200\nDEPTH 4\nMAXVAL 255\n", false)]
    [InlineData("P6 300 200 255\n", false)]
    public void A_pam_header_is_whole_or_none(string header, bool whole)
    {
        PamHeader? parsed = PamHeader.Parse([.. Encoding.ASCII.GetBytes(header), 1, 2, 3]);
        Assert.Equal(whole ? new PamHeader(300, 200, 4, header.Length) : null, parsed);
    }

    [Fact]
    public void Exif_of_any_bytes_gives_an_orientation() => Prop.ForAll<byte[], bool>((bytes, little) =>
    {
        byte[] tiff = [.. little ? "II*\0"u8 : "MM\0*"u8, .. bytes];
        return ExifOrientation.Read(bytes) is >= 1 and <= 8 && ExifOrientation.Read(tiff) is >= 1 and <= 8;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_picture_file_never_breaks_the_reader_of_headers()
    {
        byte[][] whole =
        [
            HandMade.Png(100, 100),
            HandMade.WithOrientation([.. HandMade.Png(100, 100), 0, 0, 0, 0, .. "IEND"u8, 0, 0, 0, 0], 6),
            [0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. HandMade.Exif(6, true), 0xFF, 0xC0, 0, 11, 8, 0, 100, 0, 90, 3, 1, 17, 0, 0xFF, 0xD9],
            [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 99, 0, 0, 99, 0, 0, .. "ANMF"u8, 40, 0, 0, 0, .. new byte[40]],
            HandMade.Tiff(64, 64, new byte[12], 6),
            [.. "GIF89a"u8, 100, 0, 100, 0, 0, 0, 0],
            [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, 100, 0, 0, 0, 100, 0, 0, 0, .. new byte[28]],
        ];
        Arbitrary<(byte[] File, int[] Changes, int Length)> damaged = (
            from file in Gen.Elements(whole)
            from changes in Gen.Choose(0, 255 * 4096).ListOf(6)
            from length in Gen.Choose(0, file.Length)
            select (file, changes.ToArray(), length)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(damaged, drawn =>
        {
            byte[] file = [.. drawn.File];
            foreach (int change in drawn.Changes)
                file[change / 256 % file.Length] = (byte)change;
            using MemoryStream stream = new(file[..drawn.Length]);
            ImageHeader? header = ImageHeaderReader.Read(stream);
            return header is null || (header.Orientation is >= 1 and <= 8 && header.WidthPixels >= 0 && header.HeightPixels >= 0);
        }));
    }

    [Fact]
    public void Headers_of_whole_files_are_read()
    {
        Assert.Equal(new ImageHeader { Format = ImageFormat.Png, WidthPixels = 640, HeightPixels = 480 }, Header(HandMade.Png(640, 480)));
        Assert.Equal(
            new ImageHeader { Format = ImageFormat.Jpeg, WidthPixels = 90, HeightPixels = 100, Orientation = 6 },
            Header([0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. HandMade.Exif(6, true), 0xFF, 0xC0, 0, 11, 8, 0, 100, 0, 90, 3, 1, 17, 0, 0xFF, 0xD9]));
        Assert.Null(Header("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray()));
        Assert.Null(Header([]));
    }

    [Fact]
    public void Millions_of_tiny_chunks_do_not_keep_the_reader()
    {
        byte[] webp = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. Enumerable.Repeat("JUNK\0\0\0\0"u8.ToArray(), 100_000).SelectMany(chunk => chunk)];
        using CountingStream stream = new(webp);
        Assert.Null(ImageHeaderReader.Read(stream));
        Assert.InRange(stream.Reads, 1, 10_000);
    }

    private static ImageHeader? Header(byte[] file)
    {
        using MemoryStream stream = new(file);
        return ImageHeaderReader.Read(stream);
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            Reads++;
            return base.Read(buffer);
        }
    }
}
