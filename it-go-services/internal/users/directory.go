// SPDX-License-Identifier: Apache-2.0

// Package users is the user-api: it serves users to those whose session auth-service calls active.
package users

// User is what GET /users/:id answers.
type User struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// directory holds the demo users 1 to 5.
var directory = map[string]User{
	"1": {ID: "1", Name: "Ada Lovelace"},
	"2": {ID: "2", Name: "Grace Hopper"},
	"3": {ID: "3", Name: "Edsger Dijkstra"},
	"4": {ID: "4", Name: "Barbara Liskov"},
	"5": {ID: "5", Name: "Tony Hoare"},
}
