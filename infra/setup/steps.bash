# Steps that ./farm and ./test share. Sourced with $root set to the checkout; every step is idempotent and says what it does.

say() { printf 'farm: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

artifacts=$root/artifacts

# One set-up or build at a time in a checkout, however many are started.
take_setup_lock() {
  mkdir -p "$artifacts"
  exec {setup_lock}>"$artifacts/.setup.lock"
  if ! flock -n "$setup_lock"; then
    say "another set-up or build is running in this checkout; waiting for it"
    flock "$setup_lock"
  fi
}

release_setup_lock() { exec {setup_lock}>&-; }

# Paths, sizes and times of everything a build of these folders reads. Sorted, so equal trees give equal text.
fingerprint() {
  {
    printf '%s\n' "$root"
    find "${@/#/$root/}" "$root/infra/packages" "$root/infra/setup" \
      "$root"/*.props "$root"/*.sln "$root/global.json" "$root/.editorconfig" "$root/BannedSymbols.txt" \
      \( -name node_modules -o -name bin -o -name obj \) -prune -o -type f -printf '%p %T@ %s\n' | LC_ALL=C sort
  } | sha256sum | cut -c1-16
}

# Debian packages by the command or library that shows they are there.
ensure_system_packages() {
  local missing=()
  if ! command -v ffmpeg >/dev/null || ! command -v ffprobe >/dev/null; then missing+=(ffmpeg); fi
  if ! command -v npm >/dev/null; then missing+=(npm); fi
  if [[ ! -e /usr/lib/x86_64-linux-gnu/libstdc++.so.6 && ! -e /usr/lib/aarch64-linux-gnu/libstdc++.so.6 ]] \
    && ! ldconfig -p 2>/dev/null | grep -q 'libstdc++\.so\.6'; then missing+=(libstdc++6); fi
  (( ${#missing[@]} )) || return 0

  local install="apt-get install -y --no-install-recommends ${missing[*]}" become=()
  if (( EUID != 0 )); then become=(sudo -n); fi
  if ! command -v apt-get >/dev/null; then
    fail "missing: ${missing[*]}. Install them with your package manager and run this again."
  fi
  if (( EUID != 0 )) && ! sudo -n true 2>/dev/null; then
    fail "missing: ${missing[*]}. Run this as root, then try again:  apt-get update && $install"
  fi
  say "installing system packages: ${missing[*]}"
  local log=$artifacts/apt.log
  { "${become[@]}" apt-get -o DPkg::Lock::Timeout=120 update \
    && "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
         install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 \
    || fail "installing failed; the end of $log:"$'\n'"$(tail -n 5 "$log")"
}

ensure_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET SDK is missing: install the version of global.json (https://dot.net) and run this again."
  (cd "$root" && dotnet --version >/dev/null 2>&1) \
    || fail "the .NET SDK of global.json is missing; here is: $(cd / && dotnet --list-sdks | tr '\n' ' ')"
}

# The native inference library and the MediaPipe networks. Data only: no script of these packages runs.
ensure_npm_packages() {
  local folder=$root/infra/packages stamp
  stamp=$(sha256sum "$folder/package-lock.json" | cut -c1-64)
  [[ -d $folder/node_modules && $(cat "$folder/node_modules/.renderfarm-stamp" 2>/dev/null) == "$stamp" ]] && return 0
  say "installing the npm packages of infra/packages (inference library, face and hand networks)"
  local log=$artifacts/npm.log
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 \
    || fail "npm failed; the end of $log:"$'\n'"$(tail -n 5 "$log")"
  printf '%s\n' "$stamp" >"$folder/node_modules/.renderfarm-stamp"
}

# Builds one project or the solution in Release: build LOG PROJECT [ARGUMENT...]
build() {
  local log=$1 project=$2
  shift 2
  # A compiler process of our own, ended below: it would otherwise idle for ten minutes.
  local compiler=renderfarm-$$-$RANDOM status=0
  (cd "$root" && dotnet build "$project" -c Release --nologo -v quiet -clp:NoSummary \
    -p:SharedCompilationId="$compiler" "$@") >"$log" 2>&1 || status=$?
  local roslyn
  for roslyn in "$(dirname "$(readlink -f "$(command -v dotnet)")")"/sdk/*/Roslyn/bincore/VBCSCompiler; do
    [[ -x $roslyn ]] && "$roslyn" -shutdown "-pipename:$compiler" >/dev/null 2>&1 || true
  done
  (( status == 0 )) || fail "the build failed; errors from $log:"$'\n'"$(grep -E 'error|warning' "$log" | sort -u | head -n 20)"
}

# Makes the folder that ./farm runs from: the program that was just built, the inference library and the networks.
# Each build gets a folder of its own, so that a render under way keeps the files it started with.
assemble_farm() {
  local run=$artifacts/farm/$1 making=$artifacts/farm/$1.partial old
  rm -rf "$run" "$making"
  mkdir -p "$artifacts/farm"
  cp -r "$artifacts/bin/RenderFarm.Farm/release" "$making"
  local library=$root/infra/packages/node_modules/onnxruntime-node/bin/napi-v6/linux
  case $(uname -m) in
    aarch64) library+=/arm64/libonnxruntime.so.1 ;;
    *) library+=/x64/libonnxruntime.so.1 ;;
  esac
  cp -l "$library" "$making" 2>/dev/null || cp "$library" "$making"
  say "importing the face and hand networks"
  dotnet "$making/farm.dll" setup --packages "$root/infra/packages/node_modules" >"$artifacts/import.log" 2>&1 \
    || fail "the import failed: $(tail -n 3 "$artifacts/import.log")"
  mv "$making" "$run"
  for old in "$artifacts"/farm/*/; do
    # A running farm holds a shared lock on its folder.
    [[ ${old%/} == "$run" ]] || flock -n -x "$old" rm -rf "$old" || true
  done
}
