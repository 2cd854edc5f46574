using RenderFarm.Worker.Devices;

namespace RenderFarm.Worker.Tests;

public sealed class DeviceSlotsTests
{
    private readonly DeviceSlots slots = new("host", "cpu", 2);

    [Fact]
    public void Every_device_is_a_worker_of_its_own_and_is_given_once()
    {
        Assert.Equal(["host/cpu-0", "host/cpu-1"], slots.WorkerIds);
        using DeviceSlot first = slots.TryTake([])!;
        using DeviceSlot second = slots.TryTake([])!;
        Assert.Equal(["host/cpu-0", "host/cpu-1"], [first.WorkerId, second.WorkerId]);
        Assert.Null(slots.TryTake([]));
    }

    [Fact]
    public async Task A_device_goes_to_the_first_who_waits_and_may_use_it()
    {
        DeviceSlot zero = slots.TryTake([])!;
        using DeviceSlot one = slots.TryTake([])!;
        Task<DeviceSlot> picky = slots.TakeAsync(["host/cpu-0"], default);
        Task<DeviceSlot> first = slots.TakeAsync([], default);
        Task<DeviceSlot> second = slots.TakeAsync([], default);

        zero.Dispose();
        zero.Dispose(); // giving back twice gives once
        Assert.Equal("host/cpu-0", (await first).WorkerId);
        Assert.False(picky.IsCompleted);
        Assert.False(second.IsCompleted);
        one.Dispose();
        Assert.Equal("host/cpu-1", (await picky).WorkerId);
        (await first).Dispose();
        Assert.Equal("host/cpu-0", (await second).WorkerId);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_device_away()
    {
        DeviceSlot[] all = [slots.TryTake([])!, slots.TryTake([])!];
        using CancellationTokenSource patience = new();
        Task<DeviceSlot> waiting = slots.TakeAsync([], patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        foreach (DeviceSlot slot in all)
            slot.Dispose();
        Assert.NotNull(slots.TryTake([]));
        Assert.NotNull(slots.TryTake([]));
    }

    [Fact]
    public async Task Waiting_for_nothing_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => slots.TakeAsync(["host/cpu-0", "host/cpu-1"], default));
}
