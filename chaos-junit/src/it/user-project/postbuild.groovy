// SPDX-License-Identifier: Apache-2.0
def image = new File(basedir, 'target/chaos-agent-image.tar')
assert image.length() > 100_000: "no image of the agent: $image"
