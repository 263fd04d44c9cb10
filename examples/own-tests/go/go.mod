module example.com/refresh

go 1.19
