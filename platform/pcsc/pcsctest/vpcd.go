//go:build linux

package pcsctest

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

// firstPort is where vpcd waits for the card of slot 0; slot 1 is one higher.
const firstPort = 35963

// connect connects a card. While the card before still waits to be noticed,
// vpcd's queue is full and the kernel keeps quiet, with waits that double; a
// new attempt is quicker than that.
func connect(port int, patience time.Duration) (*net.TCPConn, error) {
	address := fmt.Sprintf("127.0.0.1:%d", port)
	for end := time.Now().Add(patience); ; {
		conn, err := net.DialTimeout("tcp4", address, 100*time.Millisecond)
		if err == nil {
			tcp := conn.(*net.TCPConn)
			return tcp, tcp.SetNoDelay(true)
		}
		if time.Now().After(end) {
			return nil, err
		}
		time.Sleep(pause)
	}
}

// acknowledge makes the kernel acknowledge what comes next at once. vpcd writes
// in small pieces with Nagle's algorithm on, so without it most exchanges take
// 45 ms. The kernel forgets the option, so it is set before every read.
func acknowledge(conn *net.TCPConn) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return // closed: the read that follows says so
	}
	_ = raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1)
	})
}

// listens looks a listening port up in the kernel's table: to connect would
// insert a card.
func listens(port int) bool {
	f, err := os.Open("/proc/net/tcp")
	if err != nil {
		return false
	}
	defer f.Close()
	const listen = "0A"
	suffix := fmt.Sprintf(":%04X", port)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		field := strings.Fields(lines.Text())
		if len(field) > 3 && strings.HasSuffix(field[1], suffix) && field[3] == listen {
			return true
		}
	}
	return false
}
