@echo off
rem Installs So sang kien @VERSION@ on a PC without internet. ASCII only, run by cmd.exe.
rem   cai-dat.cmd               everything, for the user who runs it
rem   cai-dat.cmd /nguoi-dung   for one more user of a PC on which it is installed
rem   /khong-cho                do not wait for a key at the end
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "SYS=%SystemRoot%\System32"
set "TARGET=C:\CongDoan\sangkien"
set "ENVIRONMENT=%TARGET%\moi-truong"
set "PYTHONHOME="
set "PYTHONPATH="
set "USER_ONLY="
set "NO_WAIT="
set "RESULT=1"
rem Names of folders with accents pass through reg.exe and certutil.exe as UTF-8.
"%SYS%\chcp.com" 65001 >nul

:options
if "%~1"=="" goto start
if /i "%~1"=="/nguoi-dung" set "USER_ONLY=1"
if /i "%~1"=="/khong-cho" set "NO_WAIT=1"
shift /1
goto options

:start
title So sang kien @VERSION@
pushd "%HERE%"
if errorlevel 1 goto not_extracted
call :is_excel_open
if defined EXCEL_OPEN goto excel_open
if defined USER_ONLY goto for_this_user
if not exist "wheelhouse\" goto not_extracted
if not exist "requirements.txt" goto not_extracted
if /i "%PROCESSOR_ARCHITECTURE%"=="AMD64" goto right_windows
if /i "%PROCESSOR_ARCHITEW6432%"=="AMD64" goto right_windows
goto wrong_windows

:right_windows
echo [1/5] Kiem tra bo cai...
set "FAULT="
for /f "usebackq tokens=1,*" %%A in ("SHA256SUMS") do call :verify "%%A" "%%B"
if defined FAULT goto damaged

echo [2/5] Tim Python 3.12...
set "BASE="
call :try_python "%TARGET%\python\python.exe"
call :try_registry HKCU
call :try_registry HKLM
if defined BASE goto have_python
set "INSTALLER="
set "PINNED="
if not exist "python\SHA256SUMS" goto no_installer
for /f "usebackq tokens=1,*" %%A in ("python\SHA256SUMS") do call :pin "%%A" "%%B"
if not defined INSTALLER goto no_installer
if not exist "python\%INSTALLER%" goto no_installer
call :verify "%PINNED%" "*python\%INSTALLER%"
if defined FAULT goto wrong_installer
echo       Dang cai %INSTALLER%, xin cho vai phut...
start "" /wait "python\%INSTALLER%" /quiet InstallAllUsers=0 "TargetDir=%TARGET%\python" PrependPath=0 Include_launcher=0 InstallLauncherAllUsers=0 AssociateFiles=0 Shortcuts=0 Include_test=0 Include_doc=0 Include_pip=1 Include_tcltk=1
call :try_python "%TARGET%\python\python.exe"
call :try_registry HKCU
call :try_registry HKLM
if not defined BASE goto python_failed

:have_python
echo [3/5] Chuan bi thu muc %TARGET%...
if not exist "%TARGET%\" mkdir "%TARGET%"
if not exist "%TARGET%\" goto no_rights
"%BASE%" -I -m venv --clear "%ENVIRONMENT%"
if errorlevel 1 goto environment_failed

echo [4/5] Cai cac goi, xin cho vai phut...
"%ENVIRONMENT%\Scripts\python.exe" -I -m pip install --isolated --disable-pip-version-check --quiet --no-cache-dir --no-index --no-deps --require-hashes --find-links wheelhouse -r requirements.txt
if errorlevel 1 goto packages_failed
rem Others may run what lies there, but not change it: by itself every user of the PC could.
"%SYS%\icacls.exe" "%TARGET%" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-3-4:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /Q >nul
if errorlevel 1 echo       Luu y: khong dat duoc quyen cua thu muc %TARGET%.

:for_this_user
if not exist "%ENVIRONMENT%\Scripts\python.exe" goto not_installed_yet
echo [5/5] Cai vao Excel cua nguoi dang dung may...
"%ENVIRONMENT%\Scripts\python.exe" -I -m addin.cli install
if errorlevel 1 goto install_failed
echo.
"%ENVIRONMENT%\Scripts\python.exe" -I -m addin.cli doctor
set "RESULT=0"
echo.
echo Xong. Xin mo Excel: tren dai lenh co the "Sang kien".
goto end

:not_extracted
echo Chua giai nen bo cai. Xin bam chuot phai vao tep zip, chon "Extract All", roi chay cai-dat.cmd trong thu muc vua giai nen.
goto end
:wrong_windows
echo Bo cai nay danh cho Windows 64 bit, bo xu ly Intel hoac AMD.
goto end
:excel_open
echo Excel dang mo. Xin luu cac so, dong het cua so Excel roi chay lai.
goto end
:damaged
echo Bo cai bi hong hoac thieu tep (xem cac dong tren). Xin chep lai bo cai.
goto end
:no_installer
echo May chua co Python 3.12 ban 64 bit. Xin tai tep ghi trong python\SHA256SUMS tu python.org,
echo dat vao thu muc python cua bo cai (khong doi ten), roi chay lai. Xem DOC-TOI.txt.
goto end
:wrong_installer
echo Tep trong thu muc python khong dung la bo cai Python da ghi trong python\SHA256SUMS. Xin tai lai tu python.org.
goto end
:python_failed
echo Khong cai duoc Python. Xin cai Python 3.12 ban 64 bit bang tay (giu nguyen cac lua chon) roi chay lai.
goto end
:no_rights
echo Khong tao duoc thu muc %TARGET%. Xin nho nguoi phu trach may tinh cap quyen, roi chay lai.
goto end
:environment_failed
echo Khong chuan bi duoc %ENVIRONMENT%: khong du quyen, het cho trong dia, hoac mot chuong trinh dang dung thu muc ay.
echo Xin khoi dong lai may roi chay lai.
goto end
:packages_failed
echo Khong cai duoc cac goi (xem cac dong tren). Chay lai cai-dat.cmd se lam lai tu dau.
goto end
:not_installed_yet
echo May nay chua cai So sang kien. Xin chay cai-dat.cmd khong co /nguoi-dung.
goto end
:install_failed
echo Chua cai duoc vao Excel (xem dong tren). Sua xong xin chay lai cai-dat.cmd.
goto end

:end
popd
if not defined NO_WAIT pause
exit /b %RESULT%

rem -- subroutines -------------------------------------------------------------------------------------------------

:is_excel_open
set "EXCEL_OPEN="
"%SYS%\tasklist.exe" /FI "IMAGENAME eq EXCEL.EXE" /FI "USERNAME eq %USERNAME%" /NH 2>nul | "%SYS%\find.exe" /I "EXCEL.EXE" >nul
if not errorlevel 1 set "EXCEL_OPEN=1"
exit /b 0

rem :verify HASH *FILE  sets FAULT where the file is not there or is another
:verify
set "EXPECTED=%~1"
set "NAME=%~2"
set "NAME=%NAME:~1%"
set "FOUND="
if not exist "%NAME%" goto verify_failed
for /f "skip=1 delims=" %%H in ('%SYS%\certutil.exe -hashfile "%NAME%" SHA256') do if not defined FOUND set "FOUND=%%H"
if not defined FOUND goto verify_failed
set "FOUND=%FOUND: =%"
if /i "%FOUND%"=="%EXPECTED%" exit /b 0
:verify_failed
echo       Sai hoac thieu: %NAME%
set "FAULT=1"
exit /b 1

:pin
set "PINNED=%~1"
set "INSTALLER=%~2"
set "INSTALLER=%INSTALLER:~1%"
exit /b 0

:try_registry
if defined BASE exit /b 0
for /f "tokens=2,*" %%A in ('%SYS%\reg.exe query "%~1\Software\Python\PythonCore\3.12\InstallPath" /v ExecutablePath 2^>nul') do call :try_python "%%B"
exit /b 0

rem :try_python FILE  sets BASE where the file is a whole 64-bit Python 3.12 that is not of the Microsoft Store
:try_python
if defined BASE exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1" exit /b 0
"%~1" -I -c "import sys, struct, venv, ensurepip, tkinter; sys.exit(sys.version_info[:2] != (3, 12) or struct.calcsize('P') != 8 or 'WindowsApps' in sys.executable)" >nul 2>nul
if not errorlevel 1 set "BASE=%~1"
exit /b 0
