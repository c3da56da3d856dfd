// SPDX-License-Identifier: MIT
// Goroutines, channels, maps, a panic that is recovered, an exit status.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func divide(a, b int) (result int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	return a / b, nil
}

func main() {
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	count := map[string]int{}
	for _, w := range strings.Fields(line) {
		count[w]++
	}
	var words []string
	for w := range count {
		words = append(words, w)
	}
	sort.Strings(words)
	fmt.Println(words, os.Args[1:])
	squares := make(chan int)
	go func() {
		for i := 0; i < 10; i++ {
			squares <- i * i
		}
		close(squares)
	}()
	sum := 0
	for s := range squares {
		sum += s
	}
	_, err := divide(1, sum-285)
	fmt.Println(sum, err, fmt.Sprintf("%08.3f|%x|%q|%v", 3.14159, 255, "text", [2]bool{true}))
	os.Exit(7)
}
