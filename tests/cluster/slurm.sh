#!/usr/bin/env bash
# A whole Slurm on this machine, in one folder: nothing of it is in /etc or /var, no service of the system is touched.
# Each node is a process namespace with a host name and a boot of its own, so that to a program it is another machine, and
# killing it ends everything on it at once.
# Needs root, bash, unshare and (Debian 12) 'apt-get install slurmctld slurmd slurm-client munge'.
#
#   slurm.sh start DIR [NODES] [Option=value …]   three nodes of two cores unless told; prints DIR/env, to be sourced.
#                                                 Options are slurm.conf's (MaxArraySize=5), and:
#                                                 cpus=N of each node; hook=PROGRAM, run in each node before it starts,
#                                                 with the node's name (it has a mount namespace of its own)
#   slurm.sh stop DIR                             everything, whatever of it still lives
#   slurm.sh kill-node DIR n2                     as by a cut of power
#   slurm.sh start-node DIR n2
#   slurm.sh stop-controller DIR | kill-controller DIR | start-controller DIR | restart-controller DIR
set -euo pipefail

fail() { echo "slurm.sh: $*" >&2; exit 1; }

usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }

# The process of a pid file, if it is still one of ours: a number may have been given to another process since.
alive() {
    local pid
    [ -s "$1" ] && pid=$(<"$1") && [ -r "/proc/$pid/cmdline" ] || return 1
    tr '\0' ' ' 2>/dev/null < "/proc/$pid/cmdline" | grep -qF -- "$dir/" && echo "$pid"
}

gone() {
    local i
    for ((i = 0; i < $2 * 20; i++)); do
        [ -e "/proc/$1" ] || return 0
        sleep 0.05
    done
    return 1
}

# end SIGNAL PIDFILE: by the signal, and by SIGKILL what does not heed it in ten seconds.
end() {
    local pid
    if pid=$(alive "$2"); then
        kill "-$1" "$pid" 2>/dev/null || true
        gone "$pid" 10 || kill -KILL "$pid" 2>/dev/null || true
        gone "$pid" 10 || fail "process $pid of $2 does not end."
    fi
    rm -f "$2"
}

within() {
    local seconds=$1 i
    shift
    for ((i = 0; i < seconds * 10; i++)); do
        if "$@"; then return 0; fi
        sleep 0.1
    done
    return 1
}

# Ports of this machine's own side that nothing listens on, below those that it gives to clients.
free_ports() {
    local wanted=$1 port
    while [ "$wanted" -gt 0 ]; do
        port=$((15000 + RANDOM % 15000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            wanted=$((wanted - 1))
        fi
    done
}

configure() {
    local nodes=$1 ports name pair
    shift
    local -A settings=(
        [AccountingStorageType]=accounting_storage/none
        [AuthInfo]="socket=$dir/munge/socket"
        [AuthType]=auth/munge
        [ClusterName]=crossstitch
        [CredType]=cred/munge
        [InactiveLimit]=0
        [JobAcctGatherType]=jobacct_gather/none
        [KillWait]=5
        [MpiDefault]=none
        [PlugStackConfig]="$dir/plugstack.conf"
        [PreemptMode]=REQUEUE
        [PreemptType]=preempt/partition_prio
        [ProctrackType]=proctrack/linuxproc
        [ReturnToService]=2
        [SchedulerParameters]="bf_interval=2,sched_interval=2"
        [SchedulerType]=sched/backfill
        [SelectType]=select/cons_tres
        [SelectTypeParameters]=CR_CPU
        [SlurmUser]=root
        [SlurmctldHost]="$(hostname -s)(127.0.0.1)"
        [SlurmctldLogFile]="$dir/log/slurmctld.log"
        [SlurmctldParameters]=preempt_send_user_signal
        [SlurmctldPidFile]="$dir/run/slurmctld.pid"
        [SlurmctldTimeout]=10
        [SlurmdLogFile]="$dir/log/%n.log"
        [SlurmdParameters]=config_overrides
        [SlurmdPidFile]="$dir/run/slurmd-%n.pid"
        [SlurmdSpoolDir]="$dir/%n/spool"
        [SlurmdTimeout]=10
        [SlurmdUser]=root
        [StateSaveLocation]="$dir/state"
        [SwitchType]=switch/none
        [TaskPlugin]=task/none
    )
    local cpus=2
    : > "$dir/hook"
    for pair in "$@"; do
        case $pair in
            cpus=*) cpus=${pair#cpus=} ;;
            hook=*) echo "${pair#hook=}" > "$dir/hook" ;;
            *=*) settings[${pair%%=*}]=${pair#*=} ;;
            *) fail "$pair is no Option=value." ;;
        esac
    done
    mapfile -t ports < <(free_ports $((nodes + 1)))
    settings[SlurmctldPort]=${ports[0]}
    {
        for name in "${!settings[@]}"; do echo "$name=${settings[$name]}"; done | LC_ALL=C sort
        for ((name = 1; name <= nodes; name++)); do
            echo "NodeName=n$name NodeAddr=127.0.0.1 Port=${ports[name]} CPUs=$cpus RealMemory=4000 State=UNKNOWN"
        done
        echo "PartitionName=low Nodes=ALL Default=YES PriorityTier=1 GraceTime=20 MaxTime=INFINITE State=UP"
        echo "PartitionName=high Nodes=ALL PriorityTier=10 PreemptMode=off MaxTime=INFINITE State=UP"
    } > "$dir/slurm.conf"
    : > "$dir/plugstack.conf"
    echo "export SLURM_CONF=$dir/slurm.conf" > "$dir/env"
}

start_munge() {
    if alive "$dir/run/munged.pid" >/dev/null; then return; fi
    [ -s "$dir/munge/key" ] || (umask 077; head -c 1024 /dev/urandom > "$dir/munge/key")
    munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/run/munged.pid" \
        --seed-file="$dir/munge/seed" --log-file="$dir/log/munged.log"
}

start_controller() {
    if alive "$dir/run/slurmctld.pid" >/dev/null; then return; fi
    # Started within the folder: where it dumps core, too.
    (cd "$dir/log" && slurmctld -f "$SLURM_CONF") || fail "slurmctld does not start: see $dir/log/slurmctld.log."
    within 20 scontrol ping >/dev/null 2>&1 || fail "slurmctld does not answer: see $dir/log/slurmctld.log."
}

start_node() {
    local node=$1
    grep -q "^NodeName=$node " "$SLURM_CONF" || fail "there is no node $node in $SLURM_CONF."
    if alive "$dir/run/$node.pid" >/dev/null; then return; fi
    mkdir -p "$dir/$node/spool"
    # Bash is the node's first process, for it reaps what others leave. Mounts made later outside are seen inside.
    # shellcheck disable=SC2016 # expanded inside
    setsid unshare --pid --fork --kill-child --mount-proc --propagation slave --uts -- bash -c '
        hostname "$2"
        boot=$1/$2/boot_id
        tr -d "\n" < /proc/sys/kernel/random/uuid > "$boot"
        mount --bind "$boot" /proc/sys/kernel/random/boot_id
        hook=$(<"$1/hook")
        if [ -n "$hook" ]; then "$hook" "$2" || exit 1; fi
        slurmd -N "$2" -f "$SLURM_CONF" || exit 1
        while :; do sleep 3600 & wait $!; done' "$dir/" "$dir" "$node" \
        < /dev/null > "$dir/log/$node.out" 2>&1 &
    echo $! > "$dir/run/$node.pid"
}

answers() { [ "$(sinfo -h -N -n "$1" -o %T 2>/dev/null | sort -u)" = "${2-idle}" ]; }

# A node ends when the process outside that holds its namespace does; the kernel then ends all within.
kill_node() {
    local pid first=
    if pid=$(alive "$dir/run/$1.pid"); then
        read -r first _ < "/proc/$pid/task/$pid/children" || true
        kill -KILL "$pid" ${first:+"$first"} 2>/dev/null || true
        gone "$pid" 10 || fail "node $1 does not end."
        [ -z "$first" ] || gone "$first" 10 || fail "node $1 does not end."
    fi
    rm -f "$dir/run/$1.pid" "$dir/run/slurmd-$1.pid"
}

[ $# -ge 2 ] || usage
action=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2
# Paths go into slurm.conf as they are, and a socket's path has an end.
[[ $dir =~ ^[A-Za-z0-9_./-]{1,60}$ ]] || fail "the folder's path must be short and plain: $dir"
[ "$(id -u)" -eq 0 ] || fail "only root can start nodes."
PATH=$PATH:/usr/sbin:/sbin
export SLURM_CONF=$dir/slurm.conf

case $action in
    start)
        nodes=3
        if [[ ${1-} =~ ^[0-9]+$ ]]; then nodes=$1; shift; fi
        mkdir -p "$dir/run" "$dir/log" "$dir/state" "$dir/munge"
        chmod 755 "$dir" "$dir/munge"
        [ -e "$SLURM_CONF" ] || configure "$nodes" "$@"
        start_munge
        start_controller
        while read -r node; do start_node "$node"; done < <(sed -n 's/^NodeName=\([^ ]*\) .*/\1/p' "$SLURM_CONF")
        while read -r node; do
            within 20 answers "$node" || fail "node $node does not answer: see $dir/log/$node.log and $node.out."
        done < <(sed -n 's/^NodeName=\([^ ]*\) .*/\1/p' "$SLURM_CONF")
        echo "$dir/env"
        ;;
    stop)
        for file in "$dir"/run/n*.pid; do
            if [ -e "$file" ]; then kill_node "$(basename "$file" .pid)"; fi
        done
        end TERM "$dir/run/slurmctld.pid"
        end TERM "$dir/run/munged.pid"
        ;;
    kill-node) [ $# -eq 1 ] || usage; kill_node "$1" ;;
    start-node) [ $# -eq 1 ] || usage; start_node "$1" ;;
    stop-controller) end TERM "$dir/run/slurmctld.pid" ;;
    kill-controller) end KILL "$dir/run/slurmctld.pid" ;;
    start-controller) start_controller ;;
    restart-controller) end TERM "$dir/run/slurmctld.pid"; start_controller ;;
    *) usage ;;
esac
