# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The image in which the K3s runtime is tested: that of K3s where it can be pulled, else a node image of the same
# contract, built here from Go modules and packages of this distribution. Sourced by ./dev.

k3s_release=$(sed -n 's/.* DEFAULT_IMAGE = "\(.*\)";/\1/p' \
  chaos-junit/src/main/java/dev/chaosjunit/cluster/k3s/K3sRuntime.java)
readonly k3s_release
readonly node_sources=it-go-services/node-image node_build=it-go-services/node-image/target

# Prints the name of the image for the tests: the one that K3S_IMAGE names ("built" for the node image), or K3s, or the
# node image. Whatever else there is to say goes to stderr.
k3s_image() {
  local image=${K3S_IMAGE:-$k3s_release}
  if [ "$image" != built ] && has_image "$image"; then
    echo "$image"
  elif [ -z "${K3S_IMAGE:-}" ] && has_image "$(node_image_name)"; then # built as nothing could be pulled: no other try
    node_image_name
  elif [ "$image" != built ] && pull "$image"; then
    echo "$image"
  elif [ -z "${K3S_IMAGE:-}" ] || [ "$image" = built ]; then
    node_image
  else
    echo "./dev: the Docker Engine has no image $image and cannot pull it" >&2
    return 2
  fi
}

has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# Against a registry that does not answer, an engine would try for minutes; only who names an image waits that long.
pull() { timeout "$([ -n "${K3S_IMAGE:-}" ] && echo 300 || echo 30)" docker pull -q "$1" >/dev/null 2>&1; }

# Prints the first of these images that the engine has; nothing if it has none.
k3s_image_here() {
  local image
  for image in "$k3s_release" "$(node_image_name)"; do
    if has_image "$image"; then echo "$image"; return; fi
  done
}

# Prints the name of the node image for the present sources, and builds it if the engine has none.
node_image() {
  local image
  image=$(node_image_name)
  if ! has_image "$image"; then
    docker version >/dev/null || { echo './dev: .ci/docker-engine start starts a Docker engine' >&2; return 2; }
    build_node_image "$image" >&2 || return
  fi
  echo "$image"
}

node_image_name() { echo "chaos-junit/k3s-node:$(hash_files $node_sources)"; }

# Of names and content: 12 hexadecimal digits.
hash_files() {
  find "$@" \( -name target -o -name README.md \) -prune -o -type f -print0 | LC_ALL=C sort -z |
    xargs -0 sha256sum | sha256sum | cut -c1-12
}

build_node_image() {
  local base
  base=chaos-junit/k3s-node-base:$(hash_files $node_sources/packages $node_sources/not-needed)
  set_up
  mkdir -p $node_build
  has_image "$base" || step 'packages of the node image' build_base "$base" $node_sources || return
  step 'programs of the node image, which takes minutes the first time' build_node_programs || return
  step "image $1" assemble_node_image "$base" "$1"
}

# An image of this distribution: its essential packages, and those that a directory's file `packages` lists.
build_base() {
  local root=$node_build/root suite mirror components packages
  have debootstrap || apt_install debootstrap || return
  read -r suite mirror components < <(distribution) || { echo 'apt names no mirror: try apt-get update' >&2; return 1; }
  packages=$(grep -v '^#' "$2/packages" | paste -sd,)
  as_root rm -rf $root # what an interrupted one left
  as_root debootstrap --variant=minbase --include="$packages" --components="$components" "$suite" $root "$mirror" \
    >$node_build/debootstrap.log || { tail $node_build/debootstrap.log; return 1; }
  as_root tar -C $root --exclude-from="$2/not-needed" -c . | docker import - "$1" >/dev/null || return
  as_root rm -rf $root
}

# The suite, mirror and components that this machine's own apt uses.
distribution() {
  local ID VERSION_CODENAME
  . /etc/os-release
  # shellcheck disable=SC2016 # the names are apt's
  apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 'Component: main' |
    awk -v suite="$VERSION_CODENAME" -v components="$([ "$ID" = ubuntu ] && echo main,universe || echo main)" \
      '$1 == suite { print $0, components; exit }'
}

build_node_programs() (
  cd $node_sources || return
  version=$(go list -m -f '{{.Version}}' k8s.io/kubernetes) || return
  flags="-s -w"
  for package in k8s.io/client-go/pkg/version k8s.io/component-base/version; do
    flags+=" -X $package.gitVersion=$version -X $package.gitTreeState=clean"
    flags+=" -X $package.gitMajor=$(cut -d. -f1 <<<"${version#v}") -X $package.gitMinor=$(cut -d. -f2 <<<"$version")"
  done
  export CGO_ENABLED=0
  go vet ./cmd/k3s ./cmd/pause && go test ./cmd/k3s || return
  nice go build -buildvcs=false -trimpath -ldflags "$flags" -o target/programs/ ./cmd/...
)

assemble_node_image() {
  local context=$node_build/context programs=$node_build/programs name
  rm -rf $context && mkdir -p $context/{bin,images} || return
  cp -r $node_sources/manifests $context/ && cp $programs/{k3s,kubernetes} $context/bin/ || return
  for name in etcd kube{-apiserver,-controller-manager,-scheduler,let,-proxy,ctl}; do
    ln -s kubernetes "$context/bin/$name"
  done
  for name in pause coredns; do save_pod_image $name $context/images/$name.tar || return; done
  docker build -q -f $node_sources/Dockerfile --build-arg base="$1" -t "$2" $context >$node_build/docker.log 2>&1 ||
    { cat $node_build/docker.log; return 1; }
  rm -rf $context
}

# An image that holds one program and nothing else, as a tarball for the node's containerd.
save_pod_image() {
  local image=chaos-junit/$1:1
  tar -C $node_build/programs -c "$1" | docker import --change "ENTRYPOINT [\"/$1\"]" - "$image" >/dev/null &&
    docker save -o "$2" "$image" && docker rmi "$image" >/dev/null
}
