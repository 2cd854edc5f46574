namespace RenderFarm.Media;

/// <summary>The words in which a file says that it was made by an algorithm.</summary>
public static class ProvenanceTerms
{
    /// <summary>IPTC NewsCodes, digital source type: media made by a trained model.</summary>
    public const string TrainedAlgorithmicMedia = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    /// <summary>Name of the Matroska tag that carries <see cref="TrainedAlgorithmicMedia"/>.</summary>
    public const string MatroskaSourceTag = "DIGITAL_SOURCE_TYPE";

    /// <summary>Name of the Matroska tag that carries the generator.</summary>
    public const string MatroskaGeneratorTag = "GENERATOR";

    /// <summary>The comment a person reads.</summary>
    public static string Comment(string generator) => $"AI-generated video, made with {generator}";
}
