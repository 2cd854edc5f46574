using System.Text;

namespace RenderFarm.Hosting;

/// <summary>Names of queues: part of the deployment (dashboards, autoscaling), so they are spelled out by rule and pinned by a test.</summary>
public static class QueueName
{
    /// <summary>The queue of a command: <c>RenderSegment</c> → <c>render-segment</c>.</summary>
    public static string ForCommand<TCommand>() => Kebab(typeof(TCommand).Name);

    /// <summary>The queue in which one subscribing service collects an event: <c>coordinator-segment-rendered</c>.</summary>
    public static string ForEvent<TEvent>(string subscriber) => $"{subscriber}-{Kebab(typeof(TEvent).Name)}";

    /// <summary>The queue of one process for an event that every process gets; gone when the process is.</summary>
    public static string ForBroadcast<TEvent>(string subscriber, string instanceId) => $"{ForEvent<TEvent>(subscriber)}-{instanceId}";

    private static string Kebab(string pascalCase)
    {
        StringBuilder kebab = new(pascalCase.Length + 4);
        foreach (char c in pascalCase)
        {
            if (char.IsUpper(c) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }
}
