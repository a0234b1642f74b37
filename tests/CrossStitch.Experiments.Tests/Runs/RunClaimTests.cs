using System.Text;
using CrossStitch.Experiments.Runs;

namespace CrossStitch.Experiments.Tests.Runs;

public sealed class RunClaimTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("crossstitch-claim-").FullName;
    private readonly HandClock _clock = new();

    private string Run => Path.Combine(_root, "run");

    private string Claim => Path.Combine(Run, ".claim");

    [Fact]
    public void A_run_is_one_owners_until_it_lets_go()
    {
        using (var first = RunClaim.TryTake(Run))
        {
            Assert.NotNull(first);
            Assert.Null(RunClaim.TryTake(Run));
            Assert.Contains("another process is at work", Assert.Throws<CrossStitchException>(() => RunClaim.Take(Run)).Message, StringComparison.Ordinal);
            first.EnsureHeld();
            first.Dispose();
            Assert.Throws<ObjectDisposedException>(first.EnsureHeld);
        }

        Assert.Equal([Path.Combine(Run, FolderLock.Name)], Directory.GetFiles(Run));
        using var second = RunClaim.TryTake(Run);
        Assert.NotNull(second);
    }

    [Fact]
    public void Of_many_at_once_one_gets_it()
    {
        var claims = new RunClaim?[32];
        Parallel.For(0, claims.Length, i => claims[i] = RunClaim.TryTake(Run));
        Assert.Single(claims.OfType<RunClaim>()).Dispose();
    }

    [Fact]
    public void Another_process_keeps_its_run_and_one_that_is_killed_frees_it_at_once()
    {
        using var other = new ClaimingProcess(Run);
        Assert.Equal("claimed", other.Answer);
        Assert.Null(RunClaim.TryTake(Run, _clock));
        Assert.Equal(other.Id, ClaimOwner.Parse(File.ReadAllText(Claim))!.Process);
        using (var refused = new ClaimingProcess(Run))
        {
            Assert.Equal("refused", refused.Answer);
        }

        other.Kill();
        Assert.True(File.Exists(Claim));
        using var claim = RunClaim.TryTake(Run, _clock);
        Assert.NotNull(claim);
        Assert.Equal(Environment.ProcessId, ClaimOwner.Parse(File.ReadAllText(Claim))!.Process);
    }

    [Fact]
    public void A_claim_shows_that_its_owner_lives_every_ten_seconds()
    {
        using var claim = RunClaim.TryTake(Run, _clock);
        var said = File.ReadAllText(Claim);
        for (var i = 0; i < 12; i++)
        {
            _clock.Move(9.9);
            _clock.Move(0.1);
            Assert.NotEqual(said, said = File.ReadAllText(Claim));
        }

        Assert.Equal(12, ClaimOwner.Parse(said)!.Beat);
        claim!.EnsureHeld();
    }

    [Fact]
    public void Dead_claims_of_other_machines_are_taken_over_after_a_minute_of_ones_own_and_not_before()
    {
        var watch = new ClaimWatch(_clock);
        string[] runs = [.. Enumerable.Range(0, 3).Select(i => Path.Combine(_root, $"run{i}"))];
        Assert.All(runs, run => Elsewhere(run, "{ torn"));
        for (var seconds = 0; seconds < 60; seconds += 20)
        {
            Assert.All(runs, run => Assert.Null(watch.TryTake(run)));
            _clock.Move(seconds < 40 ? 20 : 19.9);
        }

        Assert.All(runs, run => Assert.Null(watch.TryTake(run)));
        _clock.Move(0.1);
        Assert.Null(RunClaim.TryTake(runs[0], _clock));
        Assert.All(runs, run =>
        {
            using var claim = watch.TryTake(run);
            Assert.NotNull(claim);
            Assert.Equal([".claim", ".lock"], Directory.GetFiles(run).Select(Path.GetFileName).Order());
        });
    }

    [Fact]
    public void Clocks_on_the_wall_may_jump_and_files_be_of_any_time()
    {
        var watch = new ClaimWatch(_clock);
        var random = new Random(1);
        void Jump()
        {
            _clock.Wall = DateTimeOffset.UnixEpoch.AddDays(random.Next(0, 100_000));
            File.SetLastWriteTimeUtc(Claim, DateTime.UnixEpoch.AddDays(random.Next(0, 49_000)));
        }

        // One that lives, elsewhere: for ten minutes.
        for (var beat = 0; beat < 60; beat++)
        {
            Elsewhere(Run, Owner(beat));
            Jump();
            Assert.Null(watch.TryTake(Run));
            _clock.Move(10);
        }

        // One that has died.
        for (var seconds = 10; seconds < 60; seconds += 10)
        {
            Jump();
            Assert.Null(watch.TryTake(Run));
            _clock.Move(10);
        }

        Jump();
        using var own = watch.TryTake(Run);
        Assert.NotNull(own);

        // One's own.
        for (var beat = 0; beat < 20; beat++)
        {
            Jump();
            _clock.Move(10);
            own.EnsureHeld();
        }
    }

    [Fact]
    public void A_claim_that_changes_is_never_taken_over()
    {
        var watch = new ClaimWatch(_clock);
        for (var beat = 0; beat < 30; beat++)
        {
            Elsewhere(Run, Owner(beat));
            Assert.Null(watch.TryTake(Run));
            _clock.Move(59);
            Assert.Null(watch.TryTake(Run));
        }

        // One of the same number of beats that is another's is another claim.
        Elsewhere(Run, Owner(29) with { Owner = Guid.NewGuid() });
        _clock.Move(59);
        Assert.Null(watch.TryTake(Run));
    }

    [Fact]
    public async Task Who_waits_gets_a_dead_claim_after_a_minute_and_learns_of_a_live_one()
    {
        Elsewhere(Run, Owner(1));
        var waiting = Task.Run(() => RunClaim.Take(Run, _clock));
        var waited = 0;
        for (; !waiting.IsCompleted; waited++)
        {
            _clock.Move(1);
            Thread.Sleep(1);
        }

        (await waiting).Dispose();
        Assert.InRange(waited, 60, 10_000);

        Elsewhere(Run, Owner(1));
        waiting = Task.Run(() => RunClaim.Take(Run, _clock));
        for (var beat = 2; !waiting.IsCompleted; beat++)
        {
            Thread.Sleep(5);
            Elsewhere(Run, Owner(beat));
            _clock.Move(1);
        }

        await Assert.ThrowsAsync<CrossStitchException>(() => waiting);
    }

    [Fact]
    public void An_owner_whose_run_was_taken_over_is_told_and_leaves_it_alone()
    {
        foreach (var isTimer in new[] { true, false })
        {
            using var claim = RunClaim.TryTake(Run, _clock);
            File.Delete(Claim);
            Elsewhere(Run, Owner(5));
            var theirs = File.ReadAllText(Claim);
            _clock.Move(isTimer ? 10 : 0);
            Assert.Contains("(host elsewhere, process 7) took this run over", Assert.Throws<CrossStitchException>(claim!.EnsureHeld).Message, StringComparison.Ordinal);

            // It stays lost, though the other has ended.
            File.Delete(Claim);
            Assert.Throws<CrossStitchException>(claim.EnsureHeld);
            File.WriteAllText(Claim, theirs);
            claim.Dispose();
            Assert.Equal(theirs, File.ReadAllText(Claim));
            File.Delete(Claim);
        }
    }

    [Fact]
    public void A_disk_that_is_away_for_a_moment_takes_no_claim_away()
    {
        using var claim = RunClaim.TryTake(Run, _clock);
        var said = File.ReadAllText(Claim);
        File.Delete(Claim);
        Directory.CreateDirectory(Claim);
        _clock.Move(10);
        Assert.Contains("cannot be told", Assert.Throws<CrossStitchException>(claim!.EnsureHeld).Message, StringComparison.Ordinal);
        Directory.Delete(Claim);
        File.WriteAllText(Claim, said);
        claim.EnsureHeld();
    }

    [Fact]
    public void A_claim_that_changes_while_it_is_taken_over_is_put_back()
    {
        Elsewhere(Run, Owner(1));
        var file = new ClaimFile(Run);
        Assert.False(file.TryRemove(said => ClaimOwner.Parse(said)!.Beat == 0));
        Assert.Equal(1, ClaimOwner.Parse(File.ReadAllText(Claim))!.Beat);

        // Unless a third process was faster: then the run is that one's.
        Assert.False(file.TryRemove(said =>
        {
            Assert.True(file.TryCreate(Owner(8)));
            return false;
        }));
        Assert.Equal(8, ClaimOwner.Parse(File.ReadAllText(Claim))!.Beat);
        Assert.Equal([Claim], Directory.GetFiles(Run));
    }

    [Fact]
    public void Of_many_machines_that_take_over_at_once_one_gets_it()
    {
        var file = new ClaimFile(Run);
        for (var round = 0; round < 50; round++)
        {
            Elsewhere(Run, Owner(round));
            var found = file.Read();
            ClaimOwner[] owners = [.. Enumerable.Range(0, 8).Select(_ => ClaimOwner.New())];
            Parallel.ForEach(owners, owner => _ = file.TryRemove(said => said == found) && file.TryCreate(owner));
            Assert.Single(owners, file.TryBeat);
            Assert.Equal([Claim], Directory.GetFiles(Run));
        }
    }

    [Fact]
    public void A_deleted_run_leaves_no_claim_and_one_that_cannot_be_claimed_is_named()
    {
        RunClaim.TryTake(Run)!.Dispose();
        Elsewhere(Run, Owner(1));
        File.WriteAllText(Claim + ".0123", "left by a process that was killed");
        new RunFolder(Run, SmallRuns.Catalog).Delete([]);
        Assert.False(Directory.Exists(Run));

        File.WriteAllText(Run, "a file");
        Assert.StartsWith(Run, Assert.Throws<CrossStitchException>(() => RunClaim.TryTake(Run)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static ClaimOwner Owner(int beat) => new(Guid.Parse("11111111-2222-3333-4444-555555555555"), "elsewhere", "another machine", 7, beat);

    private static void Elsewhere(string run, ClaimOwner owner) => Elsewhere(run, Encoding.UTF8.GetString(owner.ToBytes()));

    private static void Elsewhere(string run, string says)
    {
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, ClaimFile.Name), says);
    }
}
