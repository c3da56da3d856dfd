// SPDX-License-Identifier: MIT
// What Go's runtime needs threads and the kernel for: collections, timers, the poller of files and pipes, signals,
// goroutines that own a thread.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

type node struct {
	left, right *node
	value       int
}

func build(depth int) *node {
	if depth == 0 {
		return nil
	}
	return &node{build(depth - 1), build(depth - 1), depth}
}

func (n *node) sum() int {
	if n == nil {
		return 0
	}
	return n.value + n.left.sum() + n.right.sum()
}

func main() {
	// collection
	total := 0
	for i := 0; i < 60; i++ {
		total += build(14).sum()
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println("trees", total, "collected", m.NumGC > 0)

	// timers
	start := time.Now()
	tick := time.NewTicker(5 * time.Millisecond)
	n := 0
	deadline := time.After(60 * time.Millisecond)
loop:
	for {
		select {
		case <-tick.C:
			n++
		case <-deadline:
			break loop
		}
	}
	tick.Stop()
	fmt.Println("ticks", n >= 3, time.Since(start) >= 60*time.Millisecond)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	<-ctx.Done()
	fmt.Println(ctx.Err())
	cancel()

	// goroutines
	var wg sync.WaitGroup
	var counter int64
	results := make(chan int, 10)
	for i := 0; i < 50; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				atomic.AddInt64(&counter, 1)
				if k%10 == 0 {
					runtime.Gosched()
				}
			}
			results <- i * i
		}(i)
	}
	go func() { wg.Wait(); close(results) }()
	var all []int
	for r := range results {
		all = append(all, r)
	}
	sort.Ints(all)
	fmt.Println(counter, len(all), all[49])

	// files, by way of the poller
	dir, err := os.MkdirTemp("", "threads")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "file")
	fmt.Println(os.WriteFile(name, []byte("one\ntwo\nthree\n"), 0644))
	f, err := os.Open(name)
	fmt.Println(err)
	s := bufio.NewScanner(f)
	for s.Scan() {
		fmt.Println(strings.ToUpper(s.Text()))
	}
	f.Close()
	_, err = os.Open(filepath.Join(dir, "none"))
	fmt.Println(errors.Is(err, os.ErrNotExist))

	// pipes between goroutines
	r, w, err := os.Pipe()
	fmt.Println(err)
	go func() {
		time.Sleep(3 * time.Millisecond)
		for i := 0; i < 1000; i++ {
			fmt.Fprintf(w, "%d %s\n", i, strings.Repeat("x", 200))
		}
		w.Close()
	}()
	data, err := io.ReadAll(r)
	fmt.Println(len(data), bytes.Count(data, []byte("\n")), err)
	r.Close()
	r, w, _ = os.Pipe()
	r.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	_, err = r.Read(make([]byte, 1))
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded))

	// signals
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1)
	syscall.Kill(syscall.Getpid(), syscall.SIGUSR1)
	fmt.Println(<-c)

	// locked threads
	done := make(chan bool)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		fmt.Println("own thread", syscall.Gettid() > 0)
		done <- true
	}()
	<-done
	go func() {
		time.Sleep(20 * time.Millisecond)
		done <- true
	}()
	// a panic that is caught, a map that is written by one
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		var a []int
		_ = a[5]
	}()
	<-done
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	fmt.Print("stdin ", line)
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := 0
	for i := 0; i < 5; i++ {
		go func() { mu.Lock(); ready++; cond.Broadcast(); mu.Unlock() }()
	}
	mu.Lock()
	for ready < 5 {
		cond.Wait()
	}
	mu.Unlock()
	fmt.Println("ready", ready)
	os.Exit(3)
}
