module several

go 1.21
