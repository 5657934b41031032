module chaosjunit.dev/it/scale

go 1.22
