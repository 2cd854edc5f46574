using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RenderFarm.Contracts;

namespace RenderFarm.Media.Tests;

public sealed class ProvenanceTests
{
    [Fact]
    public void Any_title_and_generator_come_back_from_the_packet() => Prop.ForAll<NonNull<string>, NonNull<string>>((title, generator) =>
    {
        Provenance read = XmpPacket.Read(XmpPacket.Write(new VideoLabels { Title = title.Get, Generator = generator.Get }))!;
        return read.Title == Writable(title.Get) && read.Generator == Writable(generator.Get)
            && read.DigitalSourceType == ProvenanceTerms.TrainedAlgorithmicMedia;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_packet_is_found_behind_boxes_of_every_size_notation()
    {
        using MemoryStream file = new();
        file.Write([0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 0, 0]);
        file.Write([0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4]);
        file.Write([0, 0, 0, 24, .. "uuid"u8, .. new byte[16]]); // someone else's
        Mp4Boxes.AppendXmp(file, "<x/>"u8);
        file.Write([0, 0, 0, 0, .. "free"u8, 9, 9]);

        Assert.Equal("<x/>", Encoding.UTF8.GetString(Mp4Boxes.FindXmp(file)!));
    }

    [Fact]
    public void Boxes_of_nonsense_hold_no_packet() => Prop.ForAll<byte[]>(bytes =>
    {
        using MemoryStream file = new([0, 0, 0, 8, .. "free"u8, .. bytes, .. "uuid"u8, .. bytes]);
        return Mp4Boxes.FindXmp(file) is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_box_that_claims_to_be_endless_is_not_believed()
    {
        byte[] size = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(size, ulong.MaxValue);
        using MemoryStream file = new([0, 0, 0, 1, .. "uuid"u8, .. size, .. new byte[64]]);
        Assert.Null(Mp4Boxes.FindXmp(file));
    }

    [Theory]
    [InlineData("no xml")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>")]
    public void What_is_no_packet_is_not_read(string text) => Assert.Null(XmpPacket.Read(Encoding.UTF8.GetBytes(text)));

    // XML turns a carriage return into a line feed, and has no other control characters and no half characters.
    private static string Writable(string text) =>
        string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
