module inspector

go 1.21
