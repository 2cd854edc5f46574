using System.Runtime.Versioning;

// Tests stand in for ffmpeg with shell scripts.
[assembly: SupportedOSPlatform("linux")]
