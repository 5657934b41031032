module github.com/chaos-junit/chaos-junit/it-go-services/src/test/go/giouring-server

go 1.23.0

require (
	github.com/pawelgaczynski/giouring v0.0.0-20230826085535-69588b89acb9
	golang.org/x/sys v0.10.0
)
