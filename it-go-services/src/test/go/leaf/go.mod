module chaosjunit.dev/it/leaf

go 1.22
