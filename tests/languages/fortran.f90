! SPDX-License-Identifier: MIT
! Arrays, formatted and list-directed input and output, complex numbers, a
! derived type with a procedure, allocation, recursion, an exit status.
module shapes
  implicit none
  type :: circle
    real(8) :: radius
  contains
    procedure :: area
  end type
contains
  real(8) function area(this)
    class(circle), intent(in) :: this
    area = acos(-1d0) * this%radius ** 2
  end function
  recursive integer function fibonacci(n) result(f)
    integer, intent(in) :: n
    f = n
    if (n > 1) f = fibonacci(n - 1) + fibonacci(n - 2)
  end function
end module

program test
  use shapes
  implicit none
  integer :: i, n
  real(8) :: a(10), b(3, 3), c(3, 3)
  real(8), allocatable :: grown(:)
  complex(8) :: z
  character(20) :: word, text
  type(circle) :: disc = circle(2d0)

  a = [(sqrt(real(i, 8)), i = 1, 10)]
  b = reshape([(real(i, 8), i = 1, 9)], [3, 3])
  c = matmul(b, transpose(b))
  z = exp((0d0, 1d0) * acos(-1d0) / 3)
  write (word, '(i5,a)') 42, ' text'
  read (*, *) n, text
  allocate (grown(n))
  grown = 1.5d0
  print *, n, trim(text), sum(grown), maxval(a), word
  print '(a,10f7.3)', 'roots', a
  print '(3es14.6)', c
  print '(2f10.4)', z
  print *, fibonacci(20), disc%area(), index('haystack', 'st'), minloc(a), any(a > 3)
  print *, huge(1), tiny(1d0), epsilon(1d0), mod(-7, 3), modulo(-7, 3), nint(2.5d0)
  do i = 1, command_argument_count()
    call get_command_argument(i, word)
    print *, trim(word)
  end do
  stop 5
end program
