using System.Text;
using System.Xml;
using System.Xml.Linq;
using RenderFarm.Contracts;

namespace RenderFarm.Media;

/// <summary>An XMP packet that marks a video as made by a trained algorithm.</summary>
/// <remarks>XMP: ISO 16684-1 §7 (packet and RDF form). DigitalSourceType: IPTC Photo Metadata Standard, Extension schema.</remarks>
public static class XmpPacket
{
    private static readonly XNamespace X = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Xmp = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace IptcExt = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    public static byte[] Write(VideoLabels labels)
    {
        XElement meta = new(X + "xmpmeta", new XAttribute(XNamespace.Xmlns + "x", X.NamespaceName),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf.NamespaceName),
                new XElement(Rdf + "Description", new XAttribute(Rdf + "about", ""),
                    new XAttribute(XNamespace.Xmlns + "dc", Dc.NamespaceName),
                    new XAttribute(XNamespace.Xmlns + "xmp", Xmp.NamespaceName),
                    new XAttribute(XNamespace.Xmlns + "Iptc4xmpExt", IptcExt.NamespaceName),
                    new XElement(IptcExt + "DigitalSourceType", ProvenanceTerms.TrainedAlgorithmicMedia),
                    new XElement(Xmp + "CreatorTool", XmlText(labels.Generator)),
                    Alternative(Dc + "title", labels.Title),
                    Alternative(Dc + "description", ProvenanceTerms.Comment(labels.Generator)))));
        return Encoding.UTF8.GetBytes(
            "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" + meta + "\n<?xpacket end=\"r\"?>");
    }

    /// <returns>Null when the bytes are no XMP.</returns>
    public static Provenance? Read(ReadOnlySpan<byte> packet)
    {
        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using XmlReader reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(packet)), settings);
            XDocument document = XDocument.Load(reader);
            return new Provenance
            {
                DigitalSourceType = Value(document, IptcExt + "DigitalSourceType"),
                Generator = Value(document, Xmp + "CreatorTool"),
                Title = Value(document, Dc + "title"),
                Comment = Value(document, Dc + "description"),
            };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XElement Alternative(XName name, string text) =>
        new(name, new XElement(Rdf + "Alt", new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), XmlText(text))));

    // A language alternative keeps its text one level down; around that there is only layout.
    private static string? Value(XDocument document, XName name) =>
        document.Descendants(name).FirstOrDefault() is { } found ? (found.Descendants(Rdf + "li").FirstOrDefault() ?? found).Value : null;

    // XML has no way to write most control characters; a title may hold any.
    private static string XmlText(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));
}
