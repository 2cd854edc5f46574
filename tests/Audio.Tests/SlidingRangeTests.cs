using FsCheck;
using FsCheck.Fluent;

namespace RenderFarm.Audio.Tests;

public class SlidingRangeTests
{
    [Fact]
    public void It_knows_the_extremes_of_the_last_values() =>
        Prop.ForAll<NonEmptyArray<int>, byte>((values, size) =>
        {
            int length = 1 + (size % 20);
            var range = new SlidingRange(length);
            for (int i = 0; i < values.Get.Length; i++)
            {
                range.Add(values.Get[i]);
                int[] window = values.Get[Math.Max(0, i + 1 - length)..(i + 1)];
                if (range.Min != window.Min() || range.Max != window.Max())
                    return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
}
