module github.com/chaos-junit/chaos-junit/chaos-bpf-native/src/test/go

go 1.22
