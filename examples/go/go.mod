module example.invalid/salesforce

go 1.19
