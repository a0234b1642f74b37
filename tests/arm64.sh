#!/bin/sh
# The kernels' tests on ARM64, emulated: about ten minutes on two cores of x64. Needs the .NET SDK and, on Debian 12,
# 'apt-get install qemu-user'; no other rights. The libraries that .NET asks an ARM64 system for are unpacked from Debian's
# packages into a temporary folder, where the build goes too. Arguments go to the tests: --filter-class '*NetworkRunnerTests'
set -eu
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/packages"

arm64_apt() {
    apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User="$(id -un)" \
        -o Dir::State::Lists="$work/lists" -o Dir::State::Status=/dev/null -o Dir::Cache="$work/cache" "$@"
}

arm64_apt update
(cd "$work/packages" && arm64_apt download libc6 libgcc-s1 libstdc++6 libssl3 zlib1g)
for package in "$work"/packages/*.deb; do
    dpkg-deb -x "$package" "$work/system"
done

dotnet publish "$tests/CrossStitch.Kernels.Tests" -r linux-arm64 --self-contained --artifacts-path "$work/build" -v q -clp:ErrorsOnly

# The emulator does not see code that is written by way of another address, as .NET does unless it is told not to.
DOTNET_EnableWriteXorExecute=0 qemu-aarch64 -L "$work/system" \
    "$work/build/publish/CrossStitch.Kernels.Tests/release_linux-arm64/CrossStitch.Kernels.Tests" --progress off "$@"
