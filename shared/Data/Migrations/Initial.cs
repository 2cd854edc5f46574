using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RenderFarm.Data.Migrations;

/// <summary>Column types are left to the database's provider, so one migration serves all.</summary>
[DbContext(typeof(FarmDbContext))]
[Migration("20260101000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "Jobs",
            t => new
            {
                Id = t.Column<Guid>(),
                Title = t.Column<string>(),
                Generator = t.Column<string>(),
                State = t.Column<int>(),
                Priority = t.Column<int>(),
                AudioKey = t.Column<string>(),
                PortraitKey = t.Column<string>(),
                Settings = t.Column<string>(),
                SegmentLength = t.Column<long>(nullable: true),
                Inputs = t.Column<string>(nullable: true),
                Warnings = t.Column<string>(),
                Error = t.Column<string>(nullable: true),
                IsWithdrawn = t.Column<bool>(),
                FrameCount = t.Column<long>(),
                RenderedFrames = t.Column<long>(),
                SegmentCount = t.Column<int>(),
                OpeningSegments = t.Column<int>(),
                WaitingSegments = t.Column<int>(),
                InFlightSegments = t.Column<int>(),
                RenderedSegments = t.Column<int>(),
                FailedSegments = t.Column<int>(),
                ReusedSegments = t.Column<int>(),
                BorderCount = t.Column<int>(),
                OpenTasks = t.Column<int>(),
                FailedTasks = t.Column<int>(),
                BlendedBorders = t.Column<int>(),
                OutputKey = t.Column<string>(nullable: true),
                OutputSizeBytes = t.Column<long>(nullable: true),
                CreatedAt = t.Column<long>(),
                FinishedAt = t.Column<long>(nullable: true),
                CleanUpAt = t.Column<long>(nullable: true),
                IsDeleted = t.Column<bool>(),
                Revision = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_Jobs", j => j.Id));
        migrationBuilder.CreateIndex("IX_Jobs_State", "Jobs", "State");
        migrationBuilder.CreateIndex("IX_Jobs_CleanUpAt", "Jobs", "CleanUpAt");

        migrationBuilder.CreateTable(
            "Segments",
            t => new
            {
                JobId = t.Column<Guid>(),
                Index = t.Column<int>(),
                State = t.Column<int>(),
                Attempt = t.Column<int>(),
                NotBefore = t.Column<long>(),
                SentAt = t.Column<long>(nullable: true),
                LeaseUntil = t.Column<long>(nullable: true),
                Failures = t.Column<int>(),
                Setbacks = t.Column<int>(),
                Sentence = t.Column<string>(nullable: true),
                First = t.Column<long>(),
                End = t.Column<long>(),
                BorderBeforeFirst = t.Column<long>(),
                BorderBeforeEnd = t.Column<long>(),
                BorderAfterFirst = t.Column<long>(),
                BorderAfterEnd = t.Column<long>(),
                WorkerId = t.Column<string>(nullable: true),
                Stage = t.Column<int>(),
                Fraction = t.Column<double>(),
                Returns = t.Column<int>(),
                FailedOn = t.Column<string>(),
                LostOn = t.Column<string>(),
                InteriorKey = t.Column<string>(nullable: true),
                BorderBeforeKey = t.Column<string>(nullable: true),
                BorderAfterKey = t.Column<string>(nullable: true),
                FramesKey = t.Column<string>(nullable: true),
                DenoiseTime = t.Column<long>(),
                DecodeTime = t.Column<long>(),
                TotalTime = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_Segments", s => new { s.JobId, s.Index });
                t.ForeignKey("FK_Segments_Jobs_JobId", s => s.JobId, "Jobs", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Segments_State_LeaseUntil", "Segments", ["State", "LeaseUntil"]);
        migrationBuilder.CreateIndex("IX_Segments_JobId_State_Index", "Segments", ["JobId", "State", "Index"]);

        migrationBuilder.CreateTable(
            "Tasks",
            t => new
            {
                JobId = t.Column<Guid>(),
                Kind = t.Column<int>(),
                Index = t.Column<int>(),
                State = t.Column<int>(),
                Attempt = t.Column<int>(),
                NotBefore = t.Column<long>(),
                SentAt = t.Column<long>(nullable: true),
                LeaseUntil = t.Column<long>(nullable: true),
                Failures = t.Column<int>(),
                Setbacks = t.Column<int>(),
                Sentence = t.Column<string>(nullable: true),
                OutputKey = t.Column<string>(nullable: true),
                MaxDifference = t.Column<int>(),
                MeanDifference = t.Column<double>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_Tasks", s => new { s.JobId, s.Kind, s.Index });
                t.ForeignKey("FK_Tasks_Jobs_JobId", s => s.JobId, "Jobs", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_Tasks_State_LeaseUntil", "Tasks", ["State", "LeaseUntil"]);
        migrationBuilder.CreateIndex("IX_Tasks_State_Kind_NotBefore", "Tasks", ["State", "Kind", "NotBefore"]);

        migrationBuilder.CreateTable(
            "JobWorkers",
            t => new
            {
                JobId = t.Column<Guid>(),
                WorkerId = t.Column<string>(),
                FailedInARow = t.Column<string>(),
                IsBanned = t.Column<bool>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_JobWorkers", w => new { w.JobId, w.WorkerId });
                t.ForeignKey("FK_JobWorkers_Jobs_JobId", w => w.JobId, "Jobs", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "Workers",
            t => new
            {
                Id = t.Column<string>(),
                LastSeenAt = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_Workers", w => w.Id));
        migrationBuilder.CreateIndex("IX_Workers_LastSeenAt", "Workers", "LastSeenAt");
    }
}
