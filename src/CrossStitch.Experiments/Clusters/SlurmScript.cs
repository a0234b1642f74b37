using System.Globalization;
using System.Text;

namespace CrossStitch.Experiments.Clusters;

/// <summary>The script of a job array: a text that users of sbatch can read, keep and edit.</summary>
internal static class SlurmScript
{
    /// <summary>Seconds before the end of a task's time at which it is told to save and end.</summary>
    private const int Notice = 90;

    /// <summary>Writes the script.</summary>
    /// <param name="options">What to ask of the cluster.</param>
    /// <param name="submission">The folder of the submission, from the study's on, with slashes.</param>
    /// <param name="tasks">How many tasks the array has.</param>
    /// <param name="command">The command and its first words, as they are run on a node; the script adds the rest.</param>
    /// <param name="parallel">How many networks a task trains at once.</param>
    public static string Of(SlurmOptions options, string submission, int tasks, IReadOnlyList<string> command, int parallel)
    {
        var limit = options.ArrayLimit is { } most ? string.Create(CultureInfo.InvariantCulture, $"%{most}") : "";
        List<string> directives =
        [
            "--job-name=crossstitch",
            string.Create(CultureInfo.InvariantCulture, $"--array=0-{tasks - 1}{limit}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={options.Cpus}"),
            $"--output={submission}/%a.log",
            "--open-mode=append",
            "--requeue",
            string.Create(CultureInfo.InvariantCulture, $"--signal=B:USR1@{Notice}"),
            .. options.Partition is { } partition ? [$"--partition={partition}"] : Array.Empty<string>(),
            .. options.Time is { } time ? [$"--time={time}"] : Array.Empty<string>(),
            .. options.Extra,
        ];
        var text = new StringBuilder("#!/bin/bash\n");
        foreach (var directive in directives)
        {
            text.Append("#SBATCH ").Append(Directive(directive)).Append('\n');
        }

        return text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
            # A study of CrossStitch as a job array: each task does the runs that its line of {{submission}}/tasks.txt names.
            # Submit it from the study's folder: sbatch {{submission}}/job.sh
            # A task that is preempted, or whose time is over, saves at the next step and goes back into the queue.

            command=({{string.Join(' ', command.Select(Quoted))}})
            submission={{Quoted(submission)}}
            max_requeues={{options.MaxRequeues}}

            say() { printf '%s task %s: %s\n' "$(date +%FT%T)" "$SLURM_ARRAY_TASK_ID" "$*"; }

            if [ ! -f study.json ] || [ ! -f "$submission/tasks.txt" ]; then
              say "this node ($(hostname)) does not see the study's folder, or sees another in its place: put it on a disk that all nodes share."
              exit 66
            fi
            if ! type -P -- "${command[0]}" >/dev/null; then
              say "this node ($(hostname)) does not see ${command[0]}: publish the command into a folder on a disk that all nodes share."
              exit 69
            fi

            # What Slurm sends when time is over, or another job needs the node. It is passed on, and the command saves at its next step
            # and ends with 75. TERM alone is scancel, or a preemption after which Slurm itself puts the task back into the queue.
            child='' stop=''
            trap 'stop=USR1; [ -z "$child" ] || kill -USR1 "$child" 2>/dev/null' USR1
            trap 'stop=${stop:-TERM}; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM

            # A run is given up after three crashes; nothing else is to crash more often than its runs may.
            IFS=$'\t' read -r -a runs < <(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" "$submission/tasks.txt")
            crashes=$((3 * ${#runs[@]})) crash=()
            while :; do
              code=75
              [ -z "$stop" ] || break
              "${command[@]}" work . --tasks "$submission/tasks.txt" --task "$SLURM_ARRAY_TASK_ID" --parallel {{parallel}} "${crash[@]}" &
              child=$!
              [ -z "$stop" ] || kill -USR1 "$child" 2>/dev/null

              # In turns: bash can sleep through a signal in one long wait. It would also write to the log how its child ended.
              while kill -0 "$child" 2>/dev/null; do
                sleep 1 &
                wait $!
              done 2>/dev/null
              wait "$child" 2>/dev/null
              code=$?
              child=''

              # From 128 on it was killed, or crashed: what it was at has failed once more, and after three times is given up.
              [ "$code" -ge 128 ] || break
              if [ -n "$stop" ]; then code=75; break; fi
              crashes=$((crashes - 1))
              if [ "$crashes" -lt 0 ]; then say "the command ended with $code, again and again."; break; fi
              crash=(--after-crash "$code" --log "$submission/$SLURM_ARRAY_TASK_ID.log")
            done

            [ "$code" -eq 75 ] || exit "$code"
            if [ "$stop" = TERM ] || [ "$(cat "$submission/cancelled" 2>/dev/null)" = "$SLURM_ARRAY_JOB_ID" ]; then
              say "stopped."
            elif [ "${SLURM_RESTART_COUNT:-0}" -ge "$max_requeues" ]; then
              say "was put back into the queue $max_requeues times, and is not once more."
            else
              say "not finished; back into the queue."
              scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
            fi
            exit 75

            """)).ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A word for bash, whatever is in it.</summary>
    internal static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>An option for a line of the script: sbatch takes quotes and backslashes apart as a shell does.</summary>
    private static string Directive(string option) =>
        option.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_=:%/.,@+".Contains(letter, StringComparison.Ordinal))
            ? option
            : $"\"{option.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
