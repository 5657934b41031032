# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# PostgreSQL as an image, for the K3s runtime where `postgres` cannot be pulled: that of this distribution's packages. Sourced
# by ./dev, after node-image.sh.

readonly postgresql_sources=it-go-services/postgresql-image

# Has the engine have an image `postgres`, which nodes are given: the one that it has, or pulls, or one that is built here.
# Prints its name.
postgresql_image() {
  local built
  built=chaos-junit/postgresql:$(hash_files $postgresql_sources)
  if ! has_image postgres:latest && { has_image "$built" || ! pull postgres:latest; }; then
    has_image "$built" || build_postgresql_image "$built" >&2 || return
    docker tag "$built" postgres:latest && docker tag "$built" "postgres:$(postgresql_version "$built")" || return
  fi
  docker image inspect --format '{{join .RepoTags " "}}' postgres:latest
}

# As the server says it: 15.18.
postgresql_version() {
  docker run --rm --network none --entrypoint sh "$1" -c '/usr/lib/postgresql/*/bin/postgres --version' |
    sed -nE 's/.* ([0-9]+(\.[0-9]+)*).*/\1/p'
}

build_postgresql_image() {
  local base=$1-base status=0
  set_up
  mkdir -p $node_build
  step 'packages of the PostgreSQL image' build_base "$base" $postgresql_sources || return
  docker build -q -f $postgresql_sources/Dockerfile --build-arg base="$base" -t "$1" $postgresql_sources || status=$?
  docker rmi "$base" >/dev/null
  return $status
}
