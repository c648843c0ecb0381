# What the examples' run.sh share: a copy of the example's folder to work in, which goes away afterwards.
set -euo pipefail
danectl=$(realpath "${1:-.build/release/danectl}")
source=$(realpath "$(dirname "$0")")
folder=$(mktemp -d "${TMPDIR:-/tmp}/danectl-example.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cp "$source"/*.zone "$source"/*.yaml "$folder"
cd "$folder"

danectl() { "$danectl" "$@"; }
say() { printf '\n# %s\n' "$*"; }
show() {
    local word line=
    for word; do [[ $word == *[[:space:]\\]* ]] && word="'$word'"; line+=" $word"; done
    printf '\n$%s\n' "$line"
    "$@"
}
in_days() { date -u -d "+$1 days" +%Y-%m-%dT%H:%M:%SZ; }

# A certificate that its own key signs; the key is made when it is not there.
certificate() { # FILE KEY NAME…
    local file=$1 key=$2; shift 2
    danectl cert self-sign --key "$key" --validity 90d $(printf -- '--dns %s ' "$@") -o "$file"
}

# Days go by in which apply runs from its timer: here every five days, since signatures last for two weeks.
pass_days() { # FROM TO
    local day
    for ((day = $1; day < $2; day += 5)); do danectl apply -q --now "$(in_days "$day")"; done
}
